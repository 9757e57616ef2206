//! The holidays of countries, by the rules of their laws.
//!
//! Only what a rule gives: holidays by the moon, and those that a government proclaims year by year or moves by decree,
//! are named as missing. Of countries whose regions differ, the days that all of them have.

use jiff::civil::Weekday::{self, Friday, Monday, Sunday, Wednesday};

use super::rule::{Falls, Holiday, Moves, Years};

/// A country's calendar.
pub(super) struct Country {
    /// Its code in ISO 3166-1.
    pub code: &'static str,
    pub holidays: &'static [Holiday],
    /// Holidays of the country that no rule here gives.
    pub missing: &'static [&'static str],
    /// Whether a day between two holidays is one.
    pub between: bool,
}

const fn on(month: i8, day: i8) -> Holiday {
    Holiday { falls: Falls::On(month, day), moves: Moves::No, years: Years::All }
}

const fn nth(month: i8, nth: i8, weekday: Weekday) -> Holiday {
    Holiday { falls: Falls::Nth(month, nth, weekday, 0), moves: Moves::No, years: Years::All }
}

const fn easter(days: i16) -> Holiday {
    Holiday { falls: Falls::Easter(days), moves: Moves::No, years: Years::All }
}

const fn eastern(days: i16) -> Holiday {
    Holiday { falls: Falls::EasternEaster(days), moves: Moves::No, years: Years::All }
}

impl Holiday {
    const fn moves(self, moves: Moves) -> Holiday {
        Holiday { moves, ..self }
    }

    const fn from(self, year: i16) -> Holiday {
        Holiday { years: Years::From(year), ..self }
    }
}

const NEW_YEAR: Holiday = on(1, 1);
const EPIPHANY: Holiday = on(1, 6);
const MAUNDY_THURSDAY: Holiday = easter(-3);
const GOOD_FRIDAY: Holiday = easter(-2);
const HOLY_SATURDAY: Holiday = easter(-1);
const EASTER_MONDAY: Holiday = easter(1);
const ASCENSION: Holiday = easter(39);
const PENTECOST: Holiday = easter(49);
const PENTECOST_MONDAY: Holiday = easter(50);
const CORPUS_CHRISTI: Holiday = easter(60);
const MAY_DAY: Holiday = on(5, 1);
const ASSUMPTION: Holiday = on(8, 15);
const ALL_SAINTS: Holiday = on(11, 1);
const IMMACULATE_CONCEPTION: Holiday = on(12, 8);
const CHRISTMAS_EVE: Holiday = on(12, 24);
const CHRISTMAS: Holiday = on(12, 25);
const BOXING_DAY: Holiday = on(12, 26);

const EIDS: &str = "Eid al-Fitr and Eid al-Adha, by the moon";
const ISLAMIC: &str = "Eid al-Fitr, Eid al-Adha, the Islamic New Year and the Prophet's birthday, by the moon";

const fn country(code: &'static str, holidays: &'static [Holiday], missing: &'static [&'static str]) -> Country {
    Country { code, holidays, missing, between: false }
}

pub(super) const COUNTRIES: [Country; 44] = [
    country(
        "AR",
        &[
            NEW_YEAR,
            easter(-48),
            easter(-47),
            on(3, 24),
            on(4, 2),
            MAUNDY_THURSDAY,
            GOOD_FRIDAY,
            MAY_DAY,
            on(5, 25),
            on(6, 17).moves(Moves::NearMonday),
            on(6, 20),
            on(7, 9),
            on(8, 17).moves(Moves::NearMonday),
            on(10, 12).moves(Moves::NearMonday),
            on(11, 20).moves(Moves::NearMonday),
            IMMACULATE_CONCEPTION,
            CHRISTMAS,
        ],
        &["bridge holidays, by decree"],
    ),
    country(
        "AU",
        &[NEW_YEAR, on(1, 26), GOOD_FRIDAY, EASTER_MONDAY, on(4, 25), CHRISTMAS, BOXING_DAY],
        &["holidays and substitute days of the states"],
    ),
    country(
        "BG",
        &[
            NEW_YEAR.moves(Moves::Weekend),
            on(3, 3).moves(Moves::Weekend),
            eastern(-2),
            eastern(-1),
            eastern(0),
            eastern(1),
            MAY_DAY.moves(Moves::Weekend),
            on(5, 6).moves(Moves::Weekend),
            on(5, 24).moves(Moves::Weekend),
            on(9, 6).moves(Moves::Weekend),
            on(9, 22).moves(Moves::Weekend),
            CHRISTMAS_EVE.moves(Moves::Weekend),
            CHRISTMAS.moves(Moves::Weekend),
            BOXING_DAY.moves(Moves::Weekend),
        ],
        &["days off by decree"],
    ),
    country(
        "BR",
        &[
            NEW_YEAR,
            GOOD_FRIDAY,
            on(4, 21),
            MAY_DAY,
            on(9, 7),
            on(10, 12),
            on(11, 2),
            on(11, 15),
            on(11, 20).from(2024),
            CHRISTMAS,
        ],
        &["carnival and Corpus Christi, optional", "holidays of the states"],
    ),
    country(
        "CA",
        &[NEW_YEAR.moves(Moves::Weekend), GOOD_FRIDAY, on(7, 1), nth(9, 1, Monday), CHRISTMAS.moves(Moves::Weekend)],
        &["holidays of the provinces, such as Victoria Day and Thanksgiving"],
    ),
    country(
        "CL",
        &[
            NEW_YEAR,
            GOOD_FRIDAY,
            HOLY_SATURDAY,
            MAY_DAY,
            on(5, 21),
            on(6, 29).moves(Moves::ChileMonday),
            on(7, 16),
            ASSUMPTION,
            on(9, 17).moves(Moves::Only(&[Monday, Friday])),
            on(9, 18),
            on(9, 19),
            on(9, 20).moves(Moves::Only(&[Friday])),
            on(10, 12).moves(Moves::ChileMonday),
            on(10, 31).moves(Moves::ChileFriday),
            ALL_SAINTS,
            IMMACULATE_CONCEPTION,
            CHRISTMAS,
        ],
        &["the day of indigenous peoples at the solstice of June", "elections"],
    ),
    country(
        "CO",
        &[
            NEW_YEAR,
            EPIPHANY.moves(Moves::NextMonday),
            on(3, 19).moves(Moves::NextMonday),
            MAUNDY_THURSDAY,
            GOOD_FRIDAY,
            MAY_DAY,
            easter(43),
            easter(64),
            easter(71),
            on(6, 29).moves(Moves::NextMonday),
            on(7, 9).moves(Moves::NextMonday).from(2026),
            on(7, 20),
            on(8, 7),
            ASSUMPTION.moves(Moves::NextMonday),
            on(10, 12).moves(Moves::NextMonday),
            ALL_SAINTS.moves(Moves::NextMonday),
            on(11, 11).moves(Moves::NextMonday),
            IMMACULATE_CONCEPTION,
            CHRISTMAS,
        ],
        &[],
    ),
    country(
        "CR",
        &[NEW_YEAR, on(4, 11), MAUNDY_THURSDAY, GOOD_FRIDAY, MAY_DAY, on(7, 25), on(8, 15), on(9, 15), CHRISTMAS],
        &["optional holidays with pay at will"],
    ),
    country(
        "CZ",
        &[
            NEW_YEAR,
            GOOD_FRIDAY,
            EASTER_MONDAY,
            MAY_DAY,
            on(5, 8),
            on(7, 5),
            on(7, 6),
            on(9, 28),
            on(10, 28),
            on(11, 17),
            CHRISTMAS_EVE,
            CHRISTMAS,
            BOXING_DAY,
        ],
        &[],
    ),
    country(
        "DE",
        &[NEW_YEAR, GOOD_FRIDAY, EASTER_MONDAY, MAY_DAY, ASCENSION, PENTECOST_MONDAY, on(10, 3), CHRISTMAS, BOXING_DAY],
        &["holidays of the states, such as Epiphany and Corpus Christi"],
    ),
    country(
        "DO",
        &[
            NEW_YEAR,
            EPIPHANY.moves(Moves::NearMonday),
            on(1, 21),
            on(1, 26).moves(Moves::NearMonday),
            on(2, 27),
            GOOD_FRIDAY,
            MAY_DAY.moves(Moves::NearMonday),
            CORPUS_CHRISTI,
            // Restoration Day stays where it is in years in which a president takes office on it.
            Holiday { falls: Falls::On(8, 16), moves: Moves::No, years: Years::Every(2024, 4) },
            Holiday { falls: Falls::On(8, 16), moves: Moves::NearMonday, years: Years::Not(2024, 4) },
            on(9, 24),
            on(11, 6).moves(Moves::NearMonday),
            CHRISTMAS,
        ],
        &[],
    ),
    country(
        "EE",
        &[
            NEW_YEAR,
            on(2, 24),
            GOOD_FRIDAY,
            easter(0),
            MAY_DAY,
            PENTECOST,
            on(6, 23),
            on(6, 24),
            on(8, 20),
            CHRISTMAS_EVE,
            CHRISTMAS,
            BOXING_DAY,
        ],
        &[],
    ),
    country(
        "EG",
        &[on(1, 7), on(1, 25), eastern(1), on(4, 25), MAY_DAY, on(6, 30), on(7, 23), on(10, 6)],
        &[ISLAMIC, "days moved to a Thursday by decree"],
    ),
    country(
        "ES",
        &[
            NEW_YEAR.moves(Moves::Dropped),
            EPIPHANY.moves(Moves::Dropped),
            GOOD_FRIDAY,
            MAY_DAY.moves(Moves::Dropped),
            ASSUMPTION.moves(Moves::Dropped),
            on(10, 12).moves(Moves::Dropped),
            ALL_SAINTS.moves(Moves::Dropped),
            on(12, 6).moves(Moves::Dropped),
            IMMACULATE_CONCEPTION.moves(Moves::Dropped),
            CHRISTMAS.moves(Moves::Dropped),
        ],
        &["holidays of the regions and towns, and what they put in place of a Sunday"],
    ),
    country(
        "FR",
        &[
            NEW_YEAR,
            EASTER_MONDAY,
            MAY_DAY,
            on(5, 8),
            ASCENSION,
            PENTECOST_MONDAY,
            on(7, 14),
            ASSUMPTION,
            ALL_SAINTS,
            on(11, 11),
            CHRISTMAS,
        ],
        &["Good Friday and December 26 in Alsace-Moselle"],
    ),
    // England and Wales.
    country(
        "GB",
        &[
            NEW_YEAR.moves(Moves::Weekend),
            GOOD_FRIDAY,
            EASTER_MONDAY,
            nth(5, 1, Monday),
            nth(5, -1, Monday),
            nth(8, -1, Monday),
            CHRISTMAS.moves(Moves::Weekend),
            BOXING_DAY.moves(Moves::Weekend),
        ],
        &["holidays of Scotland and Northern Ireland", "days by proclamation"],
    ),
    country(
        "GR",
        &[
            NEW_YEAR,
            EPIPHANY,
            eastern(-48),
            on(3, 25),
            eastern(-2),
            eastern(1),
            MAY_DAY,
            eastern(50),
            ASSUMPTION,
            on(10, 28),
            CHRISTMAS,
            BOXING_DAY,
        ],
        &["May 1 in another place, by decree, where it meets Easter or a Sunday"],
    ),
    country(
        "GT",
        &[
            NEW_YEAR,
            MAUNDY_THURSDAY,
            GOOD_FRIDAY,
            HOLY_SATURDAY,
            MAY_DAY,
            on(6, 30).moves(Moves::AnyMonday),
            ASSUMPTION,
            on(9, 15),
            on(10, 20),
            ALL_SAINTS,
            CHRISTMAS,
        ],
        &["local feasts"],
    ),
    country(
        "HN",
        &[
            NEW_YEAR,
            on(4, 14),
            MAUNDY_THURSDAY,
            GOOD_FRIDAY,
            HOLY_SATURDAY,
            MAY_DAY,
            on(9, 15),
            // Three days of October in one week.
            nth(10, 1, Wednesday),
            Holiday { falls: Falls::Nth(10, 1, Wednesday, 1), ..NEW_YEAR },
            Holiday { falls: Falls::Nth(10, 1, Wednesday, 2), ..NEW_YEAR },
            CHRISTMAS,
        ],
        &[],
    ),
    country(
        "HU",
        &[
            NEW_YEAR,
            on(3, 15),
            GOOD_FRIDAY,
            easter(0),
            EASTER_MONDAY,
            MAY_DAY,
            PENTECOST,
            PENTECOST_MONDAY,
            on(8, 20),
            on(10, 23),
            ALL_SAINTS,
            CHRISTMAS_EVE.from(2026),
            CHRISTMAS,
            BOXING_DAY,
        ],
        &["days off that are exchanged for a Saturday, by decree"],
    ),
    country(
        "ID",
        &[NEW_YEAR, GOOD_FRIDAY, easter(0), MAY_DAY, ASCENSION, on(6, 1), on(8, 17), CHRISTMAS],
        &[
            ISLAMIC,
            "Isra Mi'raj, the Lunar New Year, the Day of Silence and Vesak, by the moon",
            "joint leave by decree",
        ],
    ),
    country(
        "IE",
        &[
            NEW_YEAR,
            Holiday { falls: Falls::BrigidsDay, ..NEW_YEAR }.from(2023),
            on(3, 17),
            EASTER_MONDAY,
            nth(5, 1, Monday),
            nth(6, 1, Monday),
            nth(8, 1, Monday),
            nth(10, -1, Monday),
            CHRISTMAS,
            BOXING_DAY,
        ],
        &[],
    ),
    country(
        "IN",
        &[on(1, 26), on(8, 15), on(10, 2)],
        &[
            "the holidays of the states, and all religious ones: Holi, Dussehra, Diwali, both Eids and more, by the moon, \
             Good Friday and Christmas where the state or the employer has them",
        ],
    ),
    country(
        "JM",
        &[
            NEW_YEAR,
            easter(-46),
            GOOD_FRIDAY,
            EASTER_MONDAY,
            on(5, 23).moves(Moves::WeekendToMonday),
            on(8, 1).moves(Moves::Sunday),
            on(8, 6).moves(Moves::Sunday),
            nth(10, 3, Monday),
            CHRISTMAS,
            BOXING_DAY,
        ],
        &[],
    ),
    Country {
        code: "JP",
        holidays: &[
            NEW_YEAR.moves(Moves::Sunday),
            nth(1, 2, Monday),
            on(2, 11).moves(Moves::Sunday),
            on(2, 23).moves(Moves::Sunday).from(2020),
            Holiday { falls: Falls::Equinox(3), moves: Moves::Sunday, years: Years::All },
            on(4, 29).moves(Moves::Sunday),
            on(5, 3).moves(Moves::Sunday),
            on(5, 4).moves(Moves::Sunday),
            on(5, 5).moves(Moves::Sunday),
            nth(7, 3, Monday),
            on(8, 11).moves(Moves::Sunday),
            nth(9, 3, Monday),
            Holiday { falls: Falls::Equinox(9), moves: Moves::Sunday, years: Years::All },
            nth(10, 2, Monday),
            on(11, 3).moves(Moves::Sunday),
            on(11, 23).moves(Moves::Sunday),
        ],
        missing: &["days off at the turn of the year and in August, by custom"],
        between: true,
    },
    country(
        "KE",
        &[
            NEW_YEAR.moves(Moves::Sunday),
            GOOD_FRIDAY,
            EASTER_MONDAY,
            MAY_DAY.moves(Moves::Sunday),
            on(6, 1).moves(Moves::Sunday),
            on(10, 10).moves(Moves::Sunday),
            on(10, 20).moves(Moves::Sunday),
            on(12, 12).moves(Moves::Sunday),
            CHRISTMAS.moves(Moves::Sunday),
            BOXING_DAY.moves(Moves::Sunday),
        ],
        &[EIDS, "days by proclamation"],
    ),
    country(
        "LT",
        &[
            NEW_YEAR,
            on(2, 16),
            on(3, 11),
            easter(0),
            EASTER_MONDAY,
            MAY_DAY,
            nth(5, 1, Sunday),
            nth(6, 1, Sunday),
            on(6, 24),
            on(7, 6),
            ASSUMPTION,
            ALL_SAINTS,
            on(11, 2),
            CHRISTMAS_EVE,
            CHRISTMAS,
            BOXING_DAY,
        ],
        &[],
    ),
    country(
        "LV",
        &[
            NEW_YEAR,
            GOOD_FRIDAY,
            easter(0),
            EASTER_MONDAY,
            MAY_DAY,
            on(5, 4).moves(Moves::Weekend),
            nth(5, 2, Sunday),
            PENTECOST,
            on(6, 23),
            on(6, 24),
            on(11, 18).moves(Moves::Weekend),
            CHRISTMAS_EVE,
            CHRISTMAS,
            BOXING_DAY,
            on(12, 31),
        ],
        &["days off that are exchanged for a Saturday, by decree"],
    ),
    country(
        "MA",
        &[
            NEW_YEAR,
            on(1, 11),
            on(1, 14).from(2024),
            MAY_DAY,
            on(7, 30),
            on(8, 14),
            on(8, 20),
            on(8, 21),
            on(10, 31).from(2026),
            on(11, 6),
            on(11, 18),
        ],
        &[ISLAMIC],
    ),
    country(
        "MX",
        &[
            NEW_YEAR,
            nth(2, 1, Monday),
            nth(3, 3, Monday),
            MAY_DAY,
            on(9, 16),
            // A president takes office.
            Holiday { falls: Falls::On(10, 1), moves: Moves::No, years: Years::Every(2024, 6) },
            nth(11, 3, Monday),
            CHRISTMAS,
        ],
        &["elections"],
    ),
    country(
        "MY",
        &[MAY_DAY, nth(6, 1, Monday), on(8, 31).moves(Moves::Sunday), on(9, 16).moves(Moves::Sunday), CHRISTMAS],
        &[ISLAMIC, "the Lunar New Year, Vesak and Deepavali, by the moon", "holidays of the states"],
    ),
    country(
        "NL",
        &[
            NEW_YEAR,
            GOOD_FRIDAY,
            easter(0),
            EASTER_MONDAY,
            on(4, 27).moves(Moves::DayBefore),
            Holiday { falls: Falls::On(5, 5), moves: Moves::No, years: Years::Every(2020, 5) },
            ASCENSION,
            PENTECOST,
            PENTECOST_MONDAY,
            CHRISTMAS,
            BOXING_DAY,
        ],
        &[],
    ),
    country(
        "PE",
        &[
            NEW_YEAR,
            MAUNDY_THURSDAY,
            GOOD_FRIDAY,
            easter(0),
            MAY_DAY,
            on(6, 7),
            on(6, 29),
            on(7, 23),
            on(7, 28),
            on(7, 29),
            on(8, 6),
            on(8, 30),
            on(10, 8),
            ALL_SAINTS,
            IMMACULATE_CONCEPTION,
            on(12, 9),
            CHRISTMAS,
        ],
        &["days off for the public sector, by decree"],
    ),
    // Regular holidays and special days without work alike: a contract that pays them apart names its own dates.
    country(
        "PH",
        &[
            NEW_YEAR,
            on(4, 9),
            MAUNDY_THURSDAY,
            GOOD_FRIDAY,
            HOLY_SATURDAY,
            MAY_DAY,
            on(6, 12),
            on(8, 21),
            nth(8, -1, Monday),
            ALL_SAINTS,
            on(11, 30),
            IMMACULATE_CONCEPTION,
            CHRISTMAS,
            on(12, 30),
            on(12, 31),
        ],
        &[EIDS, "the Lunar New Year, by the moon", "special days by proclamation, such as November 2 and December 24"],
    ),
    country(
        "PK",
        &[on(2, 5), on(3, 23), MAY_DAY, on(5, 28), on(8, 14), on(11, 9), CHRISTMAS],
        &[EIDS, "Ashura and the Prophet's birthday, by the moon"],
    ),
    country(
        "PL",
        &[
            NEW_YEAR,
            EPIPHANY,
            easter(0),
            EASTER_MONDAY,
            MAY_DAY,
            on(5, 3),
            PENTECOST,
            CORPUS_CHRISTI,
            ASSUMPTION,
            ALL_SAINTS,
            on(11, 11),
            CHRISTMAS_EVE.from(2025),
            CHRISTMAS,
            BOXING_DAY,
        ],
        &[],
    ),
    country(
        "PT",
        &[
            NEW_YEAR,
            GOOD_FRIDAY,
            easter(0),
            on(4, 25),
            MAY_DAY,
            on(6, 10),
            CORPUS_CHRISTI,
            ASSUMPTION,
            on(10, 5),
            ALL_SAINTS,
            on(12, 1),
            IMMACULATE_CONCEPTION,
            CHRISTMAS,
        ],
        &["carnival, optional", "holidays of the towns"],
    ),
    country(
        "RO",
        &[
            NEW_YEAR,
            on(1, 2),
            EPIPHANY.from(2024),
            on(1, 7).from(2024),
            on(1, 24),
            eastern(-2),
            eastern(0),
            eastern(1),
            MAY_DAY,
            on(6, 1),
            eastern(49),
            eastern(50),
            ASSUMPTION,
            on(11, 30),
            on(12, 1),
            CHRISTMAS,
            BOXING_DAY,
        ],
        &[],
    ),
    country(
        "RS",
        &[
            NEW_YEAR.moves(Moves::Sunday),
            on(1, 2).moves(Moves::Sunday),
            on(1, 7),
            on(2, 15).moves(Moves::Sunday),
            on(2, 16).moves(Moves::Sunday),
            eastern(-2),
            eastern(-1),
            eastern(0),
            eastern(1),
            MAY_DAY.moves(Moves::Sunday),
            on(5, 2).moves(Moves::Sunday),
            on(11, 11).moves(Moves::Sunday),
        ],
        &[],
    ),
    country(
        "SV",
        &[
            NEW_YEAR,
            MAUNDY_THURSDAY,
            GOOD_FRIDAY,
            HOLY_SATURDAY,
            MAY_DAY,
            on(5, 10),
            on(6, 17),
            on(8, 6),
            on(9, 15),
            on(11, 2),
            CHRISTMAS,
        ],
        &["days of the August feast outside San Salvador"],
    ),
    country("TN", &[NEW_YEAR, on(1, 14), on(3, 20), on(4, 9), MAY_DAY, on(7, 25), on(8, 13), on(10, 15)], &[ISLAMIC]),
    country("TR", &[NEW_YEAR, on(4, 23), MAY_DAY, on(5, 19), on(7, 15), on(8, 30), on(10, 29)], &[EIDS]),
    country(
        "VN",
        &[
            NEW_YEAR.moves(Moves::Weekend),
            on(4, 30).moves(Moves::Weekend),
            MAY_DAY.moves(Moves::Weekend),
            on(9, 2).moves(Moves::Weekend),
            on(11, 24).moves(Moves::Weekend).from(2026),
        ],
        &[
            "the Lunar New Year and the Hung Kings' day, by the moon",
            "the second day of September's holiday, by decree",
        ],
    ),
    country(
        "ZA",
        &[
            NEW_YEAR.moves(Moves::Sunday),
            on(3, 21).moves(Moves::Sunday),
            GOOD_FRIDAY,
            EASTER_MONDAY,
            on(4, 27).moves(Moves::Sunday),
            MAY_DAY.moves(Moves::Sunday),
            on(6, 16).moves(Moves::Sunday),
            on(8, 9).moves(Moves::Sunday),
            on(9, 24).moves(Moves::Sunday),
            on(12, 16).moves(Moves::Sunday),
            CHRISTMAS.moves(Moves::Sunday),
            BOXING_DAY.moves(Moves::Sunday),
        ],
        &["elections and days by proclamation"],
    ),
];
