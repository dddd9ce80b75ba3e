package ml.keneya.load.terminology;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Recognises in which form a code system is distributed, by the names of the files and how they begin. */
final class PublishedForms {
    private static final int BEGINNING = 4_096;

    private PublishedForms() {}

    static PublishedForm of(Publication publication) throws IOException {
        Optional<PublishedForm> release = SnomedRelease.in(publication.files()).or(() -> LoincRelease.in(publication));
        if (release.isPresent()) {
            return release.get();
        }
        List<PublishedFile> readable = publication.files().stream()
                .filter(file -> file.baseName().toLowerCase(Locale.ROOT).matches(".+\\.(xml|csv|tsv|txt)"))
                .toList();
        List<PublishedFile> classifications = readable.stream()
                .filter(file -> file.baseName().toLowerCase(Locale.ROOT).endsWith(".xml"))
                .toList();
        for (PublishedFile file : classifications) {
            if (beginning(file).contains("<ClaML")) {
                return new ClamlClassification(file);
            }
        }
        if (readable.size() == 1 && classifications.isEmpty()) {
            return new ConceptTable(readable.get(0));
        }
        throw new TerminologyException("terminology.unknown-form", publication.name());
    }

    private static String beginning(PublishedFile file) throws IOException {
        try (var reader = new BufferedReader(new InputStreamReader(file.open(), StandardCharsets.UTF_8))) {
            char[] text = new char[BEGINNING];
            int read = 0;
            for (int more = 0; more >= 0 && read < text.length; more = reader.read(text, read, text.length - read)) {
                read += more;
            }
            return new String(text, 0, read);
        }
    }
}
