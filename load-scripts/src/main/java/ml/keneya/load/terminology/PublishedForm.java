package ml.keneya.load.terminology;

import java.io.IOException;
import java.util.List;

/** A code system in one of the forms in which publishers distribute them. */
interface PublishedForm {
    /** The files that are read, in this order. */
    List<PublishedFile> files();

    /** What the files say of themselves; the operator may say otherwise. */
    Heading heading(HeadingOptions given) throws IOException;

    /** Reads one of the files to its end. */
    void read(PublishedFile file, Heading heading, FactSink into) throws IOException;
}
