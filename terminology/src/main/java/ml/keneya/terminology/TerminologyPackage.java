package ml.keneya.terminology;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads the lists and writes the package; Maven calls it after compiling. */
public final class TerminologyPackage {

    private TerminologyPackage() {}

    public static void main(String[] arguments) {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("Usage: <folder of lists> <package folder> <version>");
        }
        build(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2]);
    }

    static void build(Path csv, Path target, String version) {
        var lists = new Lists(csv);
        var heading = new Heading(version);
        var codes = new Codes(lists);
        var properties = new Properties(lists.rowsBy("code", "properties"), codes);
        var resources = Stream.of(
                        new CodeSystems(codes, properties, heading).resources(),
                        new ValueSets(lists, codes, heading).resources(),
                        new ConceptMaps(lists, codes, heading).resources(),
                        new NamingSystems(lists, codes).resources())
                .flatMap(List::stream)
                .toList();
        new PackageFolder(target, version).write(resources);
    }
}
