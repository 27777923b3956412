//! Units of measure in any language, their dimensions and conversion factors.

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dimension {
    /// A duration of fixed length, in seconds.
    Seconds,
    /// A duration by the calendar, in months.
    Months,
    /// Information, in bits.
    Size,
    /// In metres.
    Length,
    /// In grams.
    Mass,
    /// Not convertible.
    Temperature,
    /// In hertz.
    Frequency,
    /// In pixels.
    Pixels,
    /// A unit that does not convert to any other.
    Other,
}

/// A row of the table of units.
#[derive(Debug)]
struct UnitInfo {
    id: &'static str,
    dimension: Dimension,
    factor: f64,
}

/// A unit of measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit(u8);

macro_rules! units {
    ($($id:literal $dimension:ident $factor:expr;)*) => {
        const UNITS: &[UnitInfo] = &[$(UnitInfo { id: $id, dimension: Dimension::$dimension, factor: $factor }),*];
    };
}

units! {
    "business day" Seconds 86_400.0;
    "hour" Seconds 3_600.0;
    "day" Seconds 86_400.0;
    "month" Months 1.0;
    "decade" Months 120.0; "year" Months 12.0; "half-year" Months 6.0; "quarter" Months 3.0;
    "fortnight" Seconds 1_209_600.0; "week" Seconds 604_800.0;
    "minute" Seconds 60.0; "second" Seconds 1.0; "ms" Seconds 1e-3; "us" Seconds 1e-6; "ns" Seconds 1e-9;
    "PB" Size 8e15; "TB" Size 8e12; "GB" Size 8e9; "MB" Size 8e6; "kB" Size 8e3; "B" Size 8.0;
    "Tbit" Size 1e12; "Gbit" Size 1e9; "Mbit" Size 1e6; "kbit" Size 1e3; "bit" Size 1.0;
    "TiB" Size 8.796_093_022_208e12; "GiB" Size 8_589_934_592.0; "MiB" Size 8_388_608.0; "KiB" Size 8_192.0;
    "km" Length 1e3; "m" Length 1.0; "cm" Length 1e-2; "mm" Length 1e-3;
    "mi" Length 1_609.344; "yd" Length 0.9144; "ft" Length 0.3048; "in" Length 0.0254;
    "kg" Mass 1e3; "g" Mass 1.0; "mg" Mass 1e-3; "lb" Mass 453.592_37; "oz" Mass 28.349_523_125;
    "°C" Temperature 1.0; "°F" Temperature 1.0; "K" Temperature 1.0;
    "GHz" Frequency 1e9; "MHz" Frequency 1e6; "kHz" Frequency 1e3; "Hz" Frequency 1.0;
    "MP" Pixels 1e6; "px" Pixels 1.0;
    "pt" Other 1.0; "em" Other 1.0; "rem" Other 1.0; "dpi" Other 1.0; "fps" Other 1.0;
    "W" Other 1.0; "kW" Other 1.0; "V" Other 1.0; "L" Other 1.0; "km/h" Other 1.0; "°" Other 1.0; "x" Other 1.0;
}

impl Unit {
    /// A working day.
    pub(crate) const BUSINESS_DAY: Self = Self(0);
    /// An hour.
    pub(crate) const HOUR: Self = Self(1);

    /// Finds a unit by its id.
    pub(crate) fn find(id: &str) -> Option<Self> {
        UNITS.iter().position(|unit| unit.id == id).map(|at| Self(at as u8))
    }

    fn info(self) -> &'static UnitInfo {
        &UNITS[self.0 as usize]
    }

    /// The id: an English word for a unit of time, otherwise a symbol.
    pub(crate) fn id(self) -> &'static str {
        self.info().id
    }

    pub(crate) fn dimension(self) -> Dimension {
        self.info().dimension
    }

    /// The size in the base unit of the dimension.
    pub(crate) fn factor(self) -> f64 {
        self.info().factor
    }

    /// Whether it measures time.
    pub(crate) fn is_duration(self) -> bool {
        matches!(self.dimension(), Dimension::Seconds | Dimension::Months)
    }

    /// The unit in bits for a unit in bytes, or the reverse.
    pub(crate) fn bits_or_bytes(self, bits: bool) -> Self {
        let id = self.id();
        let other = match (bits, id) {
            (true, "B" | "kB" | "MB" | "GB" | "TB") => format!("{}bit", id.trim_end_matches('B')),
            (false, "kbit" | "Mbit" | "Gbit" | "Tbit") => format!("{}B", id.trim_end_matches("bit")),
            _ => return self,
        };
        Self::find(&other).unwrap_or(self)
    }
}
