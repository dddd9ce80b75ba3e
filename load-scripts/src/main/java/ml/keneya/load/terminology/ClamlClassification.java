package ml.keneya.load.terminology;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A classification in ClaML (EN 14463), the form in which WHO and national centres publish ICD-10. Fourth and fifth
 * characters that are written once for many categories become codes of each of them.
 */
final class ClamlClassification implements PublishedForm {
    private static final String ICD_10 = "http://hl7.org/fhir/sid/icd-10";
    private static final String XML = "http://www.w3.org/XML/1998/namespace";

    private final PublishedFile file;

    ClamlClassification(PublishedFile file) {
        this.file = file;
    }

    @Override
    public List<PublishedFile> files() {
        return List.of(file);
    }

    @Override
    public Heading heading(HeadingOptions given) throws IOException {
        String title = "";
        String version = "";
        String language = "";
        try (InputStream stream = file.open()) {
            XMLStreamReader xml = reader(stream);
            while (language.isEmpty() && xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    if (xml.getLocalName().equals("Title")) {
                        title = attribute(xml, "name");
                        version = attribute(xml, "version");
                    } else if (xml.getLocalName().equals("Label")) {
                        language = languageOf(xml, "en");
                    }
                }
            }
        } catch (XMLStreamException broken) {
            throw unreadable(broken);
        }
        // National editions, "CIM-10-FR" among them, have addresses of their own, which no file says.
        String system = title.matches("(?i)(icd|cim)[- ]?10([- ]?(who|oms)([- ]?(en|fr))?|[- ]?en)?") ? ICD_10 : null;
        return given.heading(
                system,
                version.isBlank() ? null : version,
                title.isBlank() ? file.baseName() : title,
                language.isEmpty() ? "en" : language,
                null);
    }

    @Override
    public void read(PublishedFile classification, Heading heading, FactSink into) throws IOException {
        try (InputStream stream = classification.open()) {
            new Reading(reader(stream), heading.language(), into).all();
        } catch (XMLStreamException broken) {
            throw unreadable(broken);
        }
    }

    private TerminologyException unreadable(XMLStreamException broken) {
        int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNumber();
        return new TerminologyException("terminology.unreadable", file.baseName(), line);
    }

    /** Nothing outside the file is read, whatever it says. */
    private static XMLStreamReader reader(InputStream stream) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory.createXMLStreamReader(stream);
    }

    private static String attribute(XMLStreamReader xml, String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value.strip();
    }

    private static String languageOf(XMLStreamReader xml, String otherwise) {
        String language = xml.getAttributeValue(XML, "lang");
        return language == null || language.isBlank() ? otherwise : language.strip();
    }

    /** What is said of a class, or of a character that modifies classes. */
    private static final class Entry {
        final String code;
        final String kind;
        final String modifier;
        final List<String> parents = new ArrayList<>();
        final List<Modification> modifiedBy = new ArrayList<>();
        final List<String> excluded = new ArrayList<>();
        final List<Label> labels = new ArrayList<>();
        boolean hasChildren;

        Entry(String code, String kind, String modifier) {
            this.code = code;
            this.kind = kind;
            this.modifier = modifier;
        }
    }

    /** @param only the characters that make sense here; all of them when it is empty */
    private record Modification(String modifier, List<String> only) {}

    private record Label(String kind, String language, String text) {}

    /** One run through the file. Only what modifies is remembered; classes go as they come. */
    private static final class Reading {
        private final XMLStreamReader xml;
        private final String language;
        private final FactSink into;
        private final Map<String, List<Entry>> modifiers = new LinkedHashMap<>();
        private final Map<String, List<Modification>> modifiedBy = new HashMap<>();
        private final Deque<Entry> open = new ArrayDeque<>();
        private String rubric = "";

        Reading(XMLStreamReader xml, String language, FactSink into) {
            this.xml = xml;
            this.language = language;
            this.into = into;
        }

        void all() throws XMLStreamException {
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    start(xml.getLocalName());
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    end(xml.getLocalName());
                }
            }
        }

        private void start(String element) throws XMLStreamException {
            switch (element) {
                case "Class" -> open.push(new Entry(attribute(xml, "code"), attribute(xml, "kind"), ""));
                case "ModifierClass" -> open.push(new Entry(attribute(xml, "code"), "", attribute(xml, "modifier")));
                case "Rubric" -> rubric = attribute(xml, "kind");
                case "Label" -> {
                    String spoken = languageOf(xml, language);
                    String text = text("Label");
                    if (!open.isEmpty()) {
                        open.peek().labels.add(new Label(rubric, spoken, text));
                    }
                }
                case "SuperClass" -> note(entry -> entry.parents.add(attribute(xml, "code")));
                case "SubClass" -> note(entry -> entry.hasChildren = true);
                case "ModifiedBy" ->
                    note(entry -> entry.modifiedBy.add(new Modification(attribute(xml, "code"), new ArrayList<>())));
                case "ValidModifierClass" ->
                    note(entry -> entry.modifiedBy
                            .get(entry.modifiedBy.size() - 1)
                            .only()
                            .add(attribute(xml, "code")));
                case "ExcludeModifier" -> note(entry -> entry.excluded.add(attribute(xml, "code")));
                default -> {
                    // Inclusions between classes, histories and the like.
                }
            }
        }

        private void note(Consumer<Entry> noted) {
            if (!open.isEmpty()) {
                noted.accept(open.peek());
            }
        }

        /** The words of an element and of all in it, but for the codes that it refers to. */
        private String text(String element) throws XMLStreamException {
            StringBuilder text = new StringBuilder();
            int event = xml.next();
            while (event != XMLStreamConstants.END_ELEMENT
                    || !xml.getLocalName().equals(element)) {
                if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                    text.append(xml.getText());
                } else if (event == XMLStreamConstants.START_ELEMENT) {
                    text.append(' ');
                    if (xml.getLocalName().equals("Reference")) {
                        xml.getElementText();
                    }
                }
                event = xml.next();
            }
            return text.toString().replaceAll("\\s+", " ").strip();
        }

        private void end(String element) {
            if (element.equals("Class")) {
                write(open.pop());
            } else if (element.equals("ModifierClass")) {
                Entry character = open.pop();
                modifiers
                        .computeIfAbsent(character.modifier, code -> new ArrayList<>())
                        .add(character);
            }
        }

        private void write(Entry entry) {
            if (entry.code.isEmpty()) {
                return;
            }
            into.concept(entry.code, false, definition(entry));
            into.property(entry.code, "kind", entry.kind);
            entry.parents.forEach(parent -> into.parent(entry.code, parent));
            int other = 0;
            for (Label label : entry.labels) {
                switch (label.kind()) {
                    case "preferred" ->
                        into.name(
                                entry.code,
                                entry.code + "|" + label.language(),
                                label.language(),
                                label.text(),
                                FactSink.FIRST);
                    case "inclusion", "preferredLong" -> {
                        other++;
                        into.name(
                                entry.code,
                                entry.code + "|" + label.language() + "|" + other,
                                label.language(),
                                label.text(),
                                FactSink.OTHER);
                    }
                    default -> {
                        // Exclusions, notes and coding hints name nothing.
                    }
                }
            }
            refine(entry);
        }

        private static String definition(Entry entry) {
            return entry.labels.stream()
                    .filter(label -> label.kind().equals("definition"))
                    .map(Label::text)
                    .findFirst()
                    .orElse("");
        }

        private void refine(Entry entry) {
            List<Modification> own = new ArrayList<>(entry.modifiedBy);
            List<String> said = own.stream().map(Modification::modifier).toList();
            entry.parents.stream()
                    .flatMap(parent -> modifiedBy.getOrDefault(parent, List.of()).stream())
                    .filter(modification -> !said.contains(modification.modifier()))
                    .forEach(own::add);
            own.removeIf(modification -> entry.excluded.contains(modification.modifier()));
            if (entry.hasChildren || !entry.kind.equals("category")) {
                // Handed down to what follows it in the file: a fifth character stands behind the fourth.
                modifiedBy.put(entry.code, own);
                return;
            }
            for (Modification modification : own.stream().distinct().toList()) {
                modifiers.getOrDefault(modification.modifier(), List.of()).stream()
                        .filter(character -> modification.only().isEmpty()
                                || modification.only().contains(character.code))
                        .forEach(character -> refined(entry, character));
            }
        }

        private void refined(Entry entry, Entry character) {
            boolean isFourth = !entry.code.contains(".") && !character.code.startsWith(".");
            String code = entry.code + (isFourth ? "." : "") + character.code;
            into.concept(code, false, "");
            into.property(code, "kind", "category");
            into.parent(code, entry.code);
            for (Label label : character.labels) {
                String above = entry.labels.stream()
                        .filter(each -> each.kind().equals("preferred")
                                && each.language().equals(label.language()))
                        .map(Label::text)
                        .findFirst()
                        .orElse("");
                if (label.kind().equals("preferred")) {
                    into.name(
                            code,
                            code + "|" + label.language(),
                            label.language(),
                            above.isEmpty() ? label.text() : above + " – " + label.text(),
                            FactSink.FIRST);
                }
            }
        }
    }
}
