//! The options for the configuration file and the history, shared by the subcommands that read documents.

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use crate::analysis::pins::HistoryChoice;
use crate::config::{Config, ConfigError, ConfigFile, discover};
use crate::corpus::walk::Root;

/// The options that choose the configuration file.
#[derive(Debug, Clone, Default, Args)]
pub struct ConfigArgs {
    /// Configuration file [default: isogloss.yaml in the current folder or a parent]
    #[arg(long, value_name = "FILE", help_heading = "Running")]
    pub config: Option<Utf8PathBuf>,
    /// Ignore all configuration files
    #[arg(long, conflicts_with = "config", help_heading = "Running")]
    pub no_config: bool,
}

/// The options that choose the history.
#[derive(Debug, Clone, Default, Args)]
pub struct HistoryArgs {
    /// Do not look up recorded source commits
    #[arg(long, help_heading = "History")]
    pub no_history: bool,
    /// Checkout to look up recorded source commits in, if it is not the source's own
    #[arg(long, value_name = "PATH", conflicts_with = "no_history", help_heading = "History")]
    pub source_repo: Option<Utf8PathBuf>,
}

impl HistoryArgs {
    /// The history that they choose, if any.
    pub fn choice(&self) -> Option<HistoryChoice> {
        if self.no_history {
            return Some(HistoryChoice::Off);
        }
        self.source_repo.clone().map(HistoryChoice::Repository)
    }
}

impl ConfigArgs {
    /// Loads the configuration that the options name, or that is found from `current`, the absolute current folder. `roots` from
    /// the command line replace the configured ones.
    ///
    /// # Errors
    /// If there are two candidates, or if the file cannot be read or has errors.
    pub fn load(&self, roots: Vec<Root>, current: &Utf8Path) -> Result<Config, ConfigError> {
        match self.file(current)? {
            Some(file) => Config::load(&file, roots, current),
            None if roots.is_empty() => Ok(Config::default()),
            None => Ok(Config { roots, ..Config::default() }),
        }
    }

    /// The configuration file that the options name, or that is found from `current`, the absolute current folder.
    ///
    /// # Errors
    /// If there are two candidates.
    pub fn file(&self, current: &Utf8Path) -> Result<Option<ConfigFile>, ConfigError> {
        match &self.config {
            Some(path) => Ok(Some(ConfigFile { path: path.clone(), named: true })),
            None if self.no_config => Ok(None),
            None => Ok(discover(current)?.map(ConfigFile::from)),
        }
    }
}
