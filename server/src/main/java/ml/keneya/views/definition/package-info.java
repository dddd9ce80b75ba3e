/** Turns a ViewDefinition into something that makes rows of a record; knows no SQL. */
@NullMarked
package ml.keneya.views.definition;

import org.jspecify.annotations.NullMarked;
