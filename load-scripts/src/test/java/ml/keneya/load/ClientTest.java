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
    void saysWhereASystemPublishesItsKeys() {
        server.thenAnswer(201, SHOWN.formatted(false));
        server.thenAnswer(200, "");
        String address = "https://emr.example.ml/jwks.json";

        assertThat(client("add", "cscom-kati-emr", "--role", "site", "--jwks-url", address)
                        .status())
                .isZero();
        assertThat(client("rotate", "cscom-kati-emr", "--jwks-url", address).status())
                .isZero();
        ProgramRun both = client("rotate", "cscom-kati-emr", "--jwks-url", address, "--jwks", keys.toString());
        ProgramRun neither = client("rotate", "cscom-kati-emr");

        assertThat(server.requests().get(0).text()).contains("\"jwksUrl\":\"" + address + "\"");
        assertThat(server.requests().get(1).path()).isEqualTo("/operator/clients/cscom-kati-emr/jwks-url");
        assertThat(server.requests().get(1).text()).isEqualTo("{\"jwksUrl\":\"" + address + "\"}");
        assertThat(both.status()).isEqualTo(2);
        assertThat(neither.status()).isEqualTo(2);
        assertThat(server.requests()).hasSize(2);
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

    @Test
    void addsAnApplicationThatPeopleUse() {
        server.thenAnswer(201, """
                {"id":"alertes","name":"alertes","areas":[],"scopes":"openid user/*.rs",
                 "redirectUris":["https://app.example.org/cb"],"revoked":false}""");

        ProgramRun run = client("add", "alertes", "--public", "--redirect-uri", "https://app.example.org/cb");

        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("Application alertes", "https://app.example.org/cb");
        assertThat(server.requests().get(0).text())
                .contains("\"redirectUris\":[\"https://app.example.org/cb\"]")
                .doesNotContain("role", "jwks");
    }

    @Test
    void asksForWhatIsMissing() {
        assertThat(client("add", "alertes", "--public").status()).isEqualTo(2);
        assertThat(client("add", "alertes", "--public", "--redirect-uri", "https://a.b/c", "--role", "site")
                        .remarks())
                .contains("n’a ni --role");
        assertThat(client("add", "emr", "--role", "site").remarks()).contains("--jwks");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void addsAPersonAndShowsTheCode() {
        server.thenAnswer(201, """
                {"login":"f.keita","id":"person-0123456789abcdef","role":"area",
                 "activationCode":"AAAAA-BBBBB-CCCCC-DDDDD","daysGood":7}""");

        ProgramRun run = operator(
                "user", "add", "f.keita", "--role", "area", "--area", "ML-2", "--name", "Fanta", "--language", "fr");

        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("f.keita", "AAAAA-BBBBB-CCCCC-DDDDD", "7 jours", "person-0123456789abcdef");
        assertThat(server.requests().get(0).path()).isEqualTo("/operator/users");
        assertThat(server.requests().get(0).text()).contains("\"areas\":[\"ML-2\"]", "\"name\":\"Fanta\"");
    }

    @Test
    void listsPeopleWithTheirState() {
        server.thenAnswer(200, """
                [{"login":"f.keita","id":"person-1","role":"site","facility":"ML-1","areas":[],"activated":true},
                 {"login":"a.diarra","id":"person-2","role":"area","areas":["ML-2","ML-3"],"activated":false},
                 {"login":"b.traore","id":"person-3","role":"auditor","areas":[],"activated":true,"revoked":true}]""");

        assertThat(operator("user", "list").results())
                .contains("f.keita", "ML-1", "en règle", "ML-2 ML-3", "attend son mot de passe", "révoqué");
    }

    @Test
    void resetsAndRevokesAPerson() {
        server.thenAnswer(200, """
                {"login":"f.keita","activationCode":"AAAAA-BBBBB-CCCCC-EEEEE","daysGood":7}""");
        server.thenAnswer(200, "");

        assertThat(operator("user", "reset", "f.keita").results()).contains("AAAAA-BBBBB-CCCCC-EEEEE");
        assertThat(operator("user", "revoke", "f.keita").status()).isZero();

        assertThat(server.requests().get(0).path()).isEqualTo("/operator/users/f.keita/reset");
        assertThat(server.requests().get(1).method()).isEqualTo("DELETE");
        assertThat(server.requests().get(1).path()).isEqualTo("/operator/users/f.keita");
    }

    @Test
    void hasTheServerSignWithOtherKeys() {
        server.thenAnswer(204, "");

        assertThat(operator("keys", "rotate").status()).isZero();
        assertThat(server.requests().get(0).path()).isEqualTo("/operator/keys/rotate");
    }

    @Test
    void getsCredentialsOfEveryRoleFromASandboxAndKeepsTheirSecretsToThemselves() throws IOException {
        String root = server.base().replaceFirst("/fhir$", "");
        for (int role = 0; role < 7; role++) {
            server.thenAnswer(201, """
                    {"id":"sandbox-%s","role":"r%s","until":"2026-11-29T16:05:00Z"}""".formatted(role, role));
            server.thenAnswer(200, "{\"token_endpoint\":\"" + root + "/oauth2/token\"}");
            server.thenAnswer(200, "{\"access_token\":\"token-" + role + "\",\"expires_in\":28800}");
            server.thenAnswer(201, """
                    {"login":"guest-%s","role":"r%s","password":"AAAAA-%s"}""".formatted(role, role, role));
        }
        Path credentials = folder.resolve("sandbox");

        ProgramRun run = operator("sandbox", "--folder", credentials.toString(), "--facility", "ML-1");

        assertThat(run.status()).as(run.remarks()).isZero();
        assertThat(run.results())
                .contains("bons jusqu’au 2026-11-29 16:05 UTC", "sandbox-0", "sandbox-6", "guest-6", "AAAAA-6")
                .contains("$(cat '" + credentials.resolve("site.token").toAbsolutePath() + "')")
                .contains("'" + server.base() + "/Patient'")
                .doesNotContain("token-0");
        assertThat(credentials.resolve("site.token")).hasContent("token-0");
        for (String file : List.of("site.json", "site.token", "agency.json", "agency.token")) {
            assertThat(Files.getPosixFilePermissions(credentials.resolve(file)))
                    .as(file)
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
        var first = server.requests().get(0);
        assertThat(first.path()).isEqualTo("/operator/sandbox/clients");
        assertThat(first.text())
                .contains("\"role\":\"site\"", "\"facility\":\"ML-1\"")
                .doesNotContain("\"d\":");
        assertThat(server.requests().get(3).path()).isEqualTo("/operator/sandbox/users");
    }

    @Test
    void saysThatAServerIsNoSandbox() {
        server.thenAnswer(404, "{\"error\":\"Ce serveur n'est pas un bac à sable.\"}");

        ProgramRun run =
                operator("sandbox", "--folder", folder.resolve("sandbox").toString());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.remarks()).contains("n'est pas un bac à sable");
    }

    private ProgramRun client(String... arguments) {
        List<String> all = new ArrayList<>(List.of("client"));
        all.addAll(List.of(arguments));
        return operator(all.toArray(String[]::new));
    }

    private ProgramRun operator(String... arguments) {
        List<String> all = new ArrayList<>();
        all.addAll(List.of(arguments));
        all.addAll(List.of(
                "--base",
                server.base(),
                "--operator-key",
                folder.resolve("operator-key").toString()));
        return ProgramRun.of(all.toArray(String[]::new));
    }
}
