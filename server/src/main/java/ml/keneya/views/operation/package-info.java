/** Hands rows of views out over HTTP: the operations of SQL on FHIR, ahead of HAPI, which knows no ViewDefinition. */
@NullMarked
package ml.keneya.views.operation;

import org.jspecify.annotations.NullMarked;
