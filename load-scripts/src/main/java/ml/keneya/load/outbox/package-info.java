/** Sends what a clinic writes into a folder, however long the link is away, and loses or doubles none of it. */
@NullMarked
package ml.keneya.load.outbox;

import org.jspecify.annotations.NullMarked;
