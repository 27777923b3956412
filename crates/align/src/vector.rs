//! Vectors in the space of words.

/// Dimensions of the word space. The error of a cosine is about the inverse square root of this.
pub(crate) const DIMENSIONS: usize = 64;

/// A vector in the word space, of integers that all processors add and multiply eight at a time.
pub(crate) type Vector = [i16; DIMENSIONS];

/// The Euclidean length of a vector.
pub(crate) fn length(vector: &Vector) -> f32 {
    (product(vector, vector) as f32).sqrt()
}

/// The scalar product of two vectors, each the sum of up to 24 words of at most ten nats: about 10⁷ at most. Not inlined,
/// since the compiler vectorises worse if it knows that both vectors are the same.
#[inline(never)]
pub(crate) fn product(a: &Vector, b: &Vector) -> i32 {
    const LANES: usize = 8;
    // Parallel sums of pairs of products, which processors compute in one instruction.
    let mut sums = [0_i32; LANES];
    for (a, b) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
        for ((sum, x), y) in sums.iter_mut().zip(a).zip(b) {
            *sum = sum.wrapping_add(i32::from(*x) * i32::from(*y));
        }
    }
    sums.into_iter().fold(0, i32::wrapping_add)
}
