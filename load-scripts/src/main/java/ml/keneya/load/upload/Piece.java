package ml.keneya.load.upload;

/**
 * Lines of a file that are sent together.
 *
 * @param firstLine number of the first line in the file, from 1
 * @param lastLine number of the last one
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares pieces.
record Piece(String file, long firstLine, long lastLine, byte[] text) {}
