//! Words, freshness and shares, counted.
