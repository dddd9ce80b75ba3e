package ml.keneya.load.dhis2;

import ml.keneya.load.terminal.Messages;

/** What to do about each conflict of DHIS2 ("Data values", its error codes E76xx), in the language of the reader. */
final class Remedies {
    private Remedies() {}

    static String of(Fate fate, Messages messages) {
        return switch (fate.kind()) {
            case REFUSED -> messages.textOr("dhis2.remedy." + fate.code(), messages.text("dhis2.remedy.other"));
            case UNKNOWN -> messages.text("dhis2.remedy.unknown");
            case NOT_SENT -> messages.text("dhis2.remedy.not-sent");
            case ACCEPTED -> "";
        };
    }

    static String of(Unmapped unmapped, Messages messages) {
        return messages.text(
                switch (unmapped.kind()) {
                    case ELEMENT -> "dhis2.unmapped.element";
                    case ORG_UNIT -> "dhis2.unmapped.org-unit";
                    case NO_PLACE -> "dhis2.unmapped.no-place";
                    case STRATUM -> "dhis2.unmapped.stratum";
                });
    }
}
