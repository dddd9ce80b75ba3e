package ml.keneya.load.bulletin;

/** A disease in a place in a week. */
record Cell(Count cases, Count confirmed, Count deaths) {
    static final Cell SILENT = new Cell(Count.SILENT, Count.SILENT, Count.SILENT);

    Cell plus(Cell other) {
        return new Cell(cases.plus(other.cases), confirmed.plus(other.confirmed), deaths.plus(other.deaths));
    }
}
