/** Shows developers what is served, as an OpenAPI document and as a page to try it on. */
@NullMarked
package ml.keneya.fhir.openapi;

import org.jspecify.annotations.NullMarked;
