package ml.keneya.load.bulletin;

/** What is known of a disease from the first week of the year to that of the bulletin, as it stands today. */
record YearToDate(long cases, long deaths) {
    YearToDate with(YearToDate other) {
        return new YearToDate(cases + other.cases, deaths + other.deaths);
    }
}
