//! Spanish.

use jiff::civil::{Date, Time, Weekday};

use super::{Day, Form, Speller, Unit};

pub(crate) struct Spanish;

const BELOW_30: [&str; 30] = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
];
const TENS: [&str; 10] = ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];
const HUNDREDS: [&str; 10] = [
    "",
    "ciento",
    "doscient",
    "trescient",
    "cuatrocient",
    "quinient",
    "seiscient",
    "setecient",
    "ochocient",
    "novecient",
];
/// Ordinals without their ending.
const FIRST: [&str; 10] = ["", "primer", "segund", "tercer", "cuart", "quint", "sext", "séptim", "octav", "noven"];
const TENTH: [&str; 10] = [
    "",
    "décim",
    "vigésim",
    "trigésim",
    "cuadragésim",
    "quincuagésim",
    "sexagésim",
    "septuagésim",
    "octogésim",
    "nonagésim",
];
const HUNDREDTH: [&str; 10] = [
    "",
    "centésim",
    "ducentésim",
    "tricentésim",
    "cuadringentésim",
    "quingentésim",
    "sexcentésim",
    "septingentésim",
    "octingésim",
    "noningentésim",
];
const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

impl Speller for Spanish {
    fn cardinal(&self, number: u32, form: Form) -> String {
        let rest = |size: u32| match number % size {
            0 => String::new(),
            rest => format!(" {}", self.cardinal(rest, form)),
        };
        match number {
            0..100 => below_100(number, form),
            100 => "cien".to_owned(),
            101..200 => format!("ciento{}", rest(100)),
            200..1_000 => {
                let ending = if form == Form::Feminine { "as" } else { "os" };
                format!("{}{ending}{}", HUNDREDS[number as usize / 100], rest(100))
            }
            1_000..2_000 => format!("mil{}", rest(1_000)),
            2_000..1_000_000 => format!("{} mil{}", self.cardinal(number / 1_000, Form::Masculine), rest(1_000)),
            1_000_000..2_000_000 => format!("un millón{}", rest(1_000_000)),
            _ => {
                format!("{} millones{}", self.cardinal(number / 1_000_000, Form::Masculine), rest(1_000_000))
            }
        }
    }

    fn ordinal(&self, number: u32, form: Form) -> String {
        if number == 0 {
            return "cero".to_owned();
        }
        let ending = if form == Form::Feminine { "a" } else { "o" };
        let mut words: Vec<String> = Vec::new();
        match number / 1_000 {
            0 => {}
            1 => words.push(format!("milésim{ending}")),
            thousands => {
                words.push(self.cardinal(thousands, Form::Masculine));
                words.push(format!("milésim{ending}"));
            }
        }
        let (hundreds, tens, ones) = (number as usize / 100 % 10, number as usize / 10 % 10, number as usize % 10);
        if hundreds > 0 {
            words.push(format!("{}{ending}", HUNDREDTH[hundreds]));
        }
        match (tens, ones) {
            // The one word of eleventh to nineteenth ends as the second half does.
            (1, 7) => words.push(format!("decimoséptim{ending}")),
            (1, 8) => words.push(format!("decimoctav{ending}")),
            (1, 1..) => words.push(format!("decimo{}{ending}", FIRST[ones])),
            _ => {
                let both = [(tens, TENTH[tens]), (ones, FIRST[ones])];
                words.extend(both.iter().filter(|part| part.0 > 0).map(|part| format!("{}{ending}", part.1)));
            }
        }
        words.join(" ")
    }

    fn year(&self, year: u32) -> String {
        self.cardinal(year, Form::Counting)
    }

    fn digit(&self, digit: char) -> Option<&'static str> {
        Some(match digit {
            '*' => "asterisco",
            '#' => "almohadilla",
            '+' => "más",
            '.' => "punto",
            digit => BELOW_30[digit.to_digit(10)? as usize],
        })
    }

    fn time(&self, time: Time) -> String {
        let part = match time.hour() {
            0 | 20.. => "de la noche",
            1..6 => "de la madrugada",
            6..12 => "de la mañana",
            12 => "del mediodía",
            _ => "de la tarde",
        };
        let hour = match (time.hour() + 11) % 12 + 1 {
            1 => "la una".to_owned(),
            hour => format!("las {}", self.cardinal(u32::from(hour.unsigned_abs()), Form::Counting)),
        };
        match time.minute() {
            0 => format!("{hour} {part}"),
            minute => {
                format!("{hour} y {} {part}", self.cardinal(u32::from(minute.unsigned_abs()), Form::Counting))
            }
        }
    }

    fn moment(&self, at: Time, day: Day) -> String {
        let time = self.time(at);
        match day {
            Day::Today => format!("a {time}"),
            Day::Yesterday => format!("ayer a {time}"),
            Day::ThisWeek(date) => format!("el {} a {time}", weekday(date)),
            Day::ThisYear(date) => format!("el {}, a {time}", self.date(date)),
            Day::Other(date) => {
                format!("el {} de {}, a {time}", self.date(date), self.year(u32::from(date.year().unsigned_abs())))
            }
        }
    }

    fn span(&self, count: u32, unit: Unit) -> String {
        let (form, unit) = match unit {
            Unit::Hour => (Form::Feminine, "hora"),
            Unit::Minute => (Form::Masculine, "minuto"),
            Unit::Second => (Form::Masculine, "segundo"),
        };
        let plural = if count == 1 { "" } else { "s" };
        format!("{} {unit}{plural}", self.cardinal(count, form))
    }

    fn and(&self) -> &'static str {
        " y "
    }

    fn somebody(&self) -> &'static str {
        "la persona a la que llama"
    }
}

impl Spanish {
    fn date(&self, date: Date) -> String {
        let day = match u32::from(date.day().unsigned_abs()) {
            1 => "primero".to_owned(),
            day => self.cardinal(day, Form::Counting),
        };
        format!("{day} de {}", MONTHS[usize::from(date.month().unsigned_abs()) - 1])
    }
}

fn below_100(number: u32, form: Form) -> String {
    match (number, form) {
        (1, Form::Masculine) => "un".to_owned(),
        (1, Form::Feminine) => "una".to_owned(),
        (21, Form::Masculine) => "veintiún".to_owned(),
        (21, Form::Feminine) => "veintiuna".to_owned(),
        (0..30, _) => BELOW_30[number as usize].to_owned(),
        _ => match (TENS[number as usize / 10], number % 10) {
            (tens, 0) => tens.to_owned(),
            (tens, ones) => format!("{tens} y {}", below_100(ones, form)),
        },
    }
}

fn weekday(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "lunes",
        Weekday::Tuesday => "martes",
        Weekday::Wednesday => "miércoles",
        Weekday::Thursday => "jueves",
        Weekday::Friday => "viernes",
        Weekday::Saturday => "sábado",
        Weekday::Sunday => "domingo",
    }
}
