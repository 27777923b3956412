//! Configuration: raw (as written in `isogloss.yaml`) to resolved (as the program uses it).
//!
//! The file is found (discovered), read into a raw form, whose values remember where they stand, and resolved together with
//! what it extends and the command line into a [`Config`]. Every mistake in the files is reported, each at its place.
mod discover;
#[cfg(test)]
mod docs;
mod error;
mod excerpt;
mod filled;
mod layers;
mod preset;
pub mod raw;
mod read;
mod resolve;
mod resolved;
mod settings;
#[cfg(test)]
mod tests;

pub use discover::{ConfigFile, FILE_NAMES, discover};
pub use error::{ConfigError, Invalid, Problem};
pub use preset::{PRESETS, Preset};
pub use resolved::{Config, DEFAULT_ID_KEYS, DEFAULT_PIN_KEYS, FailOn};
pub use settings::{Origin, Setting, Settings};

/// The JSON schema of the configuration file, for editors.
pub fn schema() -> schemars::Schema {
    let generator = schemars::generate::SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<raw::RawConfig>();
    // Every key is optional, which schemars does not see where a key has a schema of our own.
    schema.remove("required");
    schema
}
