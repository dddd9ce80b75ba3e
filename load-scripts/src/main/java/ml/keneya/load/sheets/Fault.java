package ml.keneya.load.sheets;

/**
 * Something wrong in a spreadsheet, in the words of the user's language.
 *
 * @param line 0 when it concerns the file as a whole
 * @param column as the file names it, or empty
 * @param value what stands there
 */
public record Fault(String file, long line, String column, String value, String what, String remedy) {}
