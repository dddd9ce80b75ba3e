package ml.keneya.load.bulletin;

/** A place of care that owes its report of the week. */
record SilentSite(String region, String code, String name) {}
