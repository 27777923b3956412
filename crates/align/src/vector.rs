//! Vectors in the space of words.

/// Number of dimensions of the words' space. The error of a cosine is about its inverse square root.
pub(crate) const DIMENSIONS: usize = 64;

/// A vector in the words' space. Whole numbers of 16 bits, of which the smallest machines add and multiply eight at once.
pub(crate) type Vector = [i16; DIMENSIONS];

/// The Euclidean length of a vector.
pub(crate) fn length(vector: &Vector) -> f32 {
    (product(vector, vector) as f32).sqrt()
}

/// The scalar product of two vectors, none of which is longer than [`ENOUGH`] words of ten nats: about 10⁷ at most.
/// By itself, since the compiler forgets about the pairs of products where it knows that a vector is multiplied with itself.
#[inline(never)]
pub(crate) fn product(a: &Vector, b: &Vector) -> i32 {
    const LANES: usize = 8;
    // Sums side by side, of pairs of products that processors find in one step.
    let mut sums = [0_i32; LANES];
    for (a, b) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
        for ((sum, x), y) in sums.iter_mut().zip(a).zip(b) {
            *sum = sum.wrapping_add(i32::from(*x) * i32::from(*y));
        }
    }
    sums.into_iter().fold(0, i32::wrapping_add)
}
