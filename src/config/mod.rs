//! Configuration: raw (as written in `isogloss.yaml`) to resolved (as the program uses it).
//!
//! The file is discovered, read into a raw form whose values keep their positions, and resolved together with the files it
//! extends and the command line into a [`Config`]. All problems in the files are reported, each at its position.
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
    // Every key is optional, but schemars misses that for keys with a custom schema.
    schema.remove("required");
    schema
}
