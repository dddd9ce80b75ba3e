package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import ml.keneya.load.test.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientTest {
    private static final String SHOWN = """
            {"id":"cscom-kati-emr","name":"EMR","role":"site","facility":"ML-1","areas":[],"scopes":"system/*.cruds",
             "revoked":%s}""";

    @TempDir
    Path folder;

    private ScriptedServer server;
    private Path keys;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        Files.writeString(folder.resolve("operator-key"), "secret-of-the-operator\n");
        keys = Files.writeString(folder.resolve("keys.json"), """
                {"keys":[{"kty":"EC","crv":"P-384","kid":"k1","x":"AA","y":"BB"}]}""");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void addsASystemWithTheOperatorsKey() {
        server.thenAnswer(201, SHOWN.formatted(false));

        ProgramRun run = client(
                "add",
                "cscom-kati-emr",
                "--role",
                "site",
                "--facility",
                "ML-1",
                "--jwks",
                keys.toString(),
                "--scope",
                "system/Patient.rs",
                "--scope",
                "system/Observation.cruds");

        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("cscom-kati-emr ajouté");
        var request = server.requests().get(0);
        assertThat(request.method() + " " + request.path()).isEqualTo("POST /operator/clients");
        assertThat(request.header("Keneya-Operator-Key")).isEqualTo("secret-of-the-operator");
        assertThat(request.text())
                .contains("\"facility\":\"ML-1\"", "\"system/Patient.rs system/Observation.cruds\"", "\"kid\":\"k1\"");
    }

    @Test
    void makesAKeyOfWhichOnlyThePublicHalfIsSent() throws IOException {
        Path secret = folder.resolve("cscom.json");
        server.thenAnswer(201, SHOWN.formatted(false));

        ProgramRun made = ProgramRun.of("client", "key", secret.toString());
        ProgramRun wrongHalf = client("add", "cscom-kati-emr", "--role", "site", "--jwks", secret.toString());
        ProgramRun added = client("add", "cscom-kati-emr", "--role", "site", "--jwks", secret + ".public.json");

        assertThat(made.status()).isZero();
        assertThat(made.results()).contains(secret.toString(), "--jwks " + secret + ".public.json");
        assertThat(Files.getPosixFilePermissions(secret))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(wrongHalf.status()).isEqualTo(2);
        assertThat(wrongHalf.remarks()).contains("Clé privée dans ce fichier, rien n’est envoyé");
        assertThat(added.status()).isZero();
        assertThat(server.requests()).hasSize(1);
        assertThat(server.requests().get(0).text())
                .contains("\"kty\":\"EC\"", "\"kid\":\"")
                .doesNotContain("\"d\":");
    }

    @Test
    void replacesNoKeyByANewOne() throws IOException {
        Path secret = Files.writeString(folder.resolve("cscom.json"), "in use");

        ProgramRun run = ProgramRun.of("client", "key", secret.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.remarks()).contains("existe déjà et n’est pas remplacé");
        assertThat(secret).hasContent("in use");
    }

    @Test
    void saysThatNobodyMayCallYet() {
        server.thenAnswer(200, "[]");

        assertThat(client("list").results()).contains("Aucun système ne peut encore appeler", "client add --help");
    }

    @Test
    void listsSystemsAndSaysWhichAreRevoked() {
        server.thenAnswer(200, "[" + SHOWN.formatted(true) + "]");

        assertThat(client("list").results()).contains("cscom-kati-emr", "system/*.cruds", "révoqué");
    }

    @Test
    void revokesASystem() {
        server.thenAnswer(200, "");

        assertThat(client("revoke", "cscom-kati-emr").status()).isZero();
        assertThat(server.requests().get(0).method()).isEqualTo("DELETE");
        assertThat(server.requests().get(0).path()).isEqualTo("/operator/clients/cscom-kati-emr");
    }

    @Test
    void replacesTheKeysOfASystem() {
        server.thenAnswer(200, "");

        assertThat(client("rotate", "cscom-kati-emr", "--jwks", keys.toString()).status())
                .isZero();
        assertThat(server.requests().get(0).path()).isEqualTo("/operator/clients/cscom-kati-emr/jwks");
        assertThat(server.requests().get(0).text()).contains("\"kid\":\"k1\"");
    }

    @Test
    void sendsNoPrivateKey() throws IOException {
        Path secret = Files.writeString(folder.resolve("private.json"), """
                {"keys":[{"kty":"EC","crv":"P-384","kid":"k1","x":"AA","y":"BB","d":"CC"}]}""");

        ProgramRun run = client("rotate", "cscom-kati-emr", "--jwks", secret.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.remarks()).contains("Clé privée");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void showsTheOperatorsKeyToNoOtherMachine() {
        ProgramRun run = ProgramRun.of(
                "client",
                "list",
                "--base",
                "http://192.0.2.1/fhir",
                "--operator-key",
                folder.resolve("operator-key").toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.remarks()).contains("ne quitte pas la machine");
    }

    @Test
    void saysWhyTheServerRefuses() {
        server.thenAnswer(409, "{\"error\":\"Cet identifiant est pris.\"}");

        ProgramRun run = client("add", "cscom-kati-emr", "--role", "site", "--jwks", keys.toString());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.remarks()).contains("409", "Cet identifiant est pris.");
    }

    private ProgramRun client(String... arguments) {
        List<String> all = new ArrayList<>(List.of("client"));
        all.addAll(List.of(arguments));
        all.addAll(List.of(
                "--base",
                server.base(),
                "--operator-key",
                folder.resolve("operator-key").toString()));
        return ProgramRun.of(all.toArray(String[]::new));
    }
}
