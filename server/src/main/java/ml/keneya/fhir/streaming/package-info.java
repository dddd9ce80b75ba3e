/** Answers that are made while they are sent, because they are too long to be held. */
@NullMarked
package ml.keneya.fhir.streaming;

import org.jspecify.annotations.NullMarked;
