package ml.keneya.surveillance.alert;

/**
 * What an alert is about.
 *
 * @param disease code of {@code ml-notifiable-disease}
 * @param division {@code 2015}, {@code 2023} or {@code health}: whose code the place is
 */
record Event(String disease, String division, String place) {}
