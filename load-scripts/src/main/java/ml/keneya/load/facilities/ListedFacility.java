package ml.keneya.load.facilities;

import java.util.Optional;
import ml.keneya.load.generate.mali.Commune;
import ml.keneya.load.sheets.SheetLine;

/**
 * A line of the official list, read.
 *
 * @param parent the code of the organisation above it, or empty
 * @param position longitude and latitude, as they were given
 */
record ListedFacility(
        SheetLine line,
        String code,
        String type,
        String parent,
        Optional<Commune> commune,
        Optional<Position> position,
        Optional<String> opened,
        Optional<String> closed) {
    record Position(String longitude, String latitude) {}

    String name() {
        return line.text("nom");
    }
}
