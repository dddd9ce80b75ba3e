package ml.keneya.surveillance.mail;

/**
 * What is told.
 *
 * @param reference the same however often it is sent, so that mail programs can tell repetitions
 */
record Mail(String reference, String subject, String text) {}
