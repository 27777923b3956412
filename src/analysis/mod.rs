//! Analysis of the documents of a page: models, alignment, comparison of structure and quantities, and views for the rules.

mod callouts;
mod causes;
mod cells;
mod columns;
pub mod compare;
mod comparison;
mod confidence;
mod emptied;
mod fault;
mod keys;
pub mod learn;
mod mismatch;
mod order;
mod origin;
mod origins;
pub mod pins;
mod places;
mod quantities;
mod readings;
mod since;
mod structure;
mod table;
mod version;
mod view;

pub use comparison::Comparison;
pub(crate) use confidence::is_doubtful;
pub use fault::{Fault, FaultKind, Side};
pub use mismatch::{Cause, Extent, Mismatch};
pub use origin::{Origin, Origins};
pub use quantities::{Manner, mismatches};
pub use readings::{Reading, Readings};
pub use structure::faults;
pub(crate) use version::shorten;
pub use version::{Past, Pin, Version};
pub use view::{PageView, PairView};
