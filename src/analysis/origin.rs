//! Where a fault of structure comes from.

use std::collections::BTreeMap;
use std::sync::Arc;

use isogloss_history::Commit;

use super::fault::{Fault, Side};

/// The origin of a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The source added or removed it in this commit.
    In(Arc<Commit>),
    /// The source added or removed it at some time after this commit, the recorded one.
    After(Arc<Commit>),
    /// It was in the source at the recorded commit.
    AtPin,
    /// The recorded commit has the current source, so nothing is stale.
    CurrentPin(Arc<Commit>),
}

/// The origins of a comparison's faults, by side and first block.
#[derive(Debug, Default)]
pub struct Origins {
    missing: BTreeMap<u32, Origin>,
    extra: BTreeMap<u32, Origin>,
}

impl Origins {
    /// The origin of a fault, if it is known.
    pub fn get(&self, side: Side, fault: &Fault) -> Option<&Origin> {
        let origins = match side {
            Side::Missing => &self.missing,
            Side::Extra => &self.extra,
        };
        origins.get(&fault.blocks[0])
    }

    pub(super) fn side_mut(&mut self, side: Side) -> &mut BTreeMap<u32, Origin> {
        match side {
            Side::Missing => &mut self.missing,
            Side::Extra => &mut self.extra,
        }
    }
}
