#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| isogloss_fuzz::run("git_output", input));
