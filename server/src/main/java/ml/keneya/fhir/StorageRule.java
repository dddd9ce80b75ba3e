package ml.keneya.fhir;

/**
 * Marks an interceptor that must hold for every write, whichever way it comes: over HTTP, inside a bundle, or from
 * inside the exchange. Such rules hang on HAPI's storage hooks; its server hooks see only what comes over HTTP.
 */
public interface StorageRule {}
