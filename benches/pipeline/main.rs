//! The time of each stage and of the whole check, relative to the floor: walking, reading and parsing the same files.
//!
//! Each measured run of a stage comes right after a run of the floor, so that other load on the machine affects both, and the
//! ratios at the end are comparable between machines. `cargo bench NAME` only measures stages whose names contain NAME.

mod corpus;
mod floor;
mod long;
mod ratio;
mod stages;

use criterion::Criterion;
use mimalloc::MiMalloc;

use crate::corpus::Source;
use crate::ratio::Ratios;

/// The same allocator as in the program, also for the floor.
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
