//! Ratios of measured times to the floor, from alternating runs.

use std::cell::RefCell;
use std::fmt;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::BenchmarkGroup;
use criterion::measurement::WallTime;

/// The measurements, in order.
#[derive(Default)]
pub(crate) struct Ratios {
    measured: Vec<Measured>,
}

struct Measured {
    name: String,
    /// The floor's time, and the measured time right after it.
    runs: Vec<(Duration, Duration)>,
}

impl Ratios {
    /// Measures `run` on the output of `prepare`, each time right after `floor`. Preparing and dropping are not measured.
    pub(crate) fn measure<I, O>(
        &mut self,
        group: &mut BenchmarkGroup<'_, WallTime>,
        name: &str,
        floor: impl Fn(),
        mut prepare: impl FnMut() -> I,
        mut run: impl FnMut(I) -> O,
    ) {
        // Criterion must know in advance how long its ten samples take.
        let input = prepare();
        let (once, output) = timed(|| {
            floor();
            run(input)
        });
        drop(output);
        group.measurement_time((once * 12).max(Duration::from_secs(1)));
        let runs = RefCell::new(Vec::new());
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|iterations| {
                (0..iterations)
                    .map(|_| {
                        let input = prepare();
                        let floor = timed(&floor).0;
                        let (measured, output) = timed(|| black_box(run(input)));
                        drop(output);
                        runs.borrow_mut().push((floor, measured));
                        measured
                    })
                    .sum()
            });
        });
        let runs = runs.into_inner();
        // Empty if the filter on the command line excludes it.
        if !runs.is_empty() {
            self.measured.push(Measured { name: name.to_owned(), runs });
        }
    }
}

fn timed<O>(run: impl FnOnce() -> O) -> (Duration, O) {
    let start = Instant::now();
    let output = run();
    (start.elapsed(), output)
}

impl Measured {
    /// The median of the ratios, which is robust against disturbed runs.
    fn ratio(&self) -> f64 {
        let ratio = |(floor, measured): &(Duration, Duration)| measured.as_secs_f64() / floor.as_secs_f64();
        let mut ratios: Vec<f64> = self.runs.iter().map(ratio).collect();
        ratios.sort_by(f64::total_cmp);
        ratios[ratios.len() / 2]
    }
}

impl fmt::Display for Ratios {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.measured.iter().map(|measured| measured.name.len()).max().unwrap_or_default() + 1;
        for measured in &self.measured {
            writeln!(f, "{:width$} {:5.2} × floor", format!("{}:", measured.name), measured.ratio())?;
        }
        Ok(())
    }
}
