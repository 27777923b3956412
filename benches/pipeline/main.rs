//! How long each stage takes, and the whole check, beside the floor: walking, reading and parsing the same files.
//!
//! Every measured run of a stage has a run of the floor right before it, so that what else the machine does changes both,
//! and the ratios at the end can be compared between machines. `cargo bench NAME` measures what has NAME in its own.

mod corpus;
mod floor;
mod long;
mod ratio;
mod stages;

use criterion::Criterion;
use mimalloc::MiMalloc;

use crate::corpus::Source;
use crate::ratio::Ratios;

/// The program's own, for the floor too.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() {
    let source = Source::find();
    println!("{}", source.describe());
    let mut criterion = Criterion::default().configure_from_args();
    let mut ratios = Ratios::default();
    stages::measure(&mut criterion, &source, &mut ratios);
    long::measure(&mut criterion);
    criterion.final_summary();
    print!("{ratios}");
}
