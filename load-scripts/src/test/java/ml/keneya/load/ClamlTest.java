package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** ICD-10 as classifications in ClaML give it; the content is made up here. */
class ClamlTest extends TerminologyLoads {

    @Test
    void readsIcd10InClamlWithItsFourthCharacters() throws IOException {
        write("icd10.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE ClaML SYSTEM "ClaML.dtd">
                <ClaML version="2.0.0">
                  <Title name="ICD-10" version="2099" date="2099-01-01">Made up</Title>
                  <Modifier code="S_4"><SubClass code=".0"/></Modifier>
                  <ModifierClass modifier="S_4" code=".0"><SuperClass code="S_4"/>
                    <Rubric kind="preferred"><Label xml:lang="fr">avec coma</Label></Rubric></ModifierClass>
                  <Class code="IV" kind="chapter"><SubClass code="E10-E14"/>
                    <Rubric kind="preferred"><Label xml:lang="fr">Maladies endocriniennes</Label></Rubric></Class>
                  <Class code="E10-E14" kind="block"><SuperClass code="IV"/>
                    <Rubric kind="preferred"><Label xml:lang="fr">Diabète sucré</Label></Rubric></Class>
                  <Class code="E10" kind="category"><SuperClass code="E10-E14"/><ModifiedBy code="S_4"/>
                    <Rubric kind="preferred"><Label xml:lang="fr">Diabète
                      de <Term>type</Term> 1</Label></Rubric>
                    <Rubric kind="inclusion"><Label xml:lang="fr">diabète juvénile</Label></Rubric>
                    <Rubric kind="exclusion"><Label xml:lang="fr">diabète gestationnel</Label></Rubric></Class>
                </ClaML>
                """);
        exchange.thenAnswer(200, state(0, false))
                .thenAnswer(200, state(1, false))
                .thenAnswer(200, state(1, true));

        assertThat(load(folder.resolve("icd10.xml")).status()).isZero();
        assertThat(query(0))
                .containsEntry("system", "http://hl7.org/fhir/sid/icd-10")
                .containsEntry("version", "2099")
                .containsEntry("language", "fr");
        assertThat(facts())
                .contains(
                        "{\"concept\":\"E10\"}",
                        "{\"parent\":\"E10-E14\",\"of\":\"E10\"}",
                        "{\"name\":\"Diabète de type 1\",\"of\":\"E10\",\"key\":\"E10|fr\",\"language\":\"fr\",\"rank\":0}",
                        "{\"name\":\"diabète juvénile\",\"of\":\"E10\",\"key\":\"E10|fr|1\",\"language\":\"fr\",\"rank\":5}",
                        "{\"concept\":\"E10.0\"}",
                        "{\"parent\":\"E10\",\"of\":\"E10.0\"}",
                        "{\"name\":\"Diabète de type 1 – avec coma\",\"of\":\"E10.0\",\"key\":\"E10.0|fr\",\"language\":\"fr\",\"rank\":0}")
                .noneMatch(fact -> fact.contains("gestationnel"));
    }

    @Test
    void putsFifthCharactersBehindTheFourth() throws IOException {
        write("icd10.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <ClaML version="2.0.0">
                  <Title name="ICD-10" version="2099">Made up</Title>
                  <ModifierClass modifier="S_5" code="0"><SuperClass code="S_5"/>
                    <Rubric kind="preferred"><Label xml:lang="en">Multiple sites</Label></Rubric></ModifierClass>
                  <ModifierClass modifier="S_5" code="1"><SuperClass code="S_5"/>
                    <Rubric kind="preferred"><Label xml:lang="en">Shoulder</Label></Rubric></ModifierClass>
                  <ModifierClass modifier="W_4" code="0"><SuperClass code="W_4"/>
                    <Rubric kind="preferred"><Label xml:lang="en">Home</Label></Rubric></ModifierClass>
                  <Class code="M00-M03" kind="block"><SubClass code="M00"/></Class>
                  <Class code="M00" kind="category"><SuperClass code="M00-M03"/><SubClass code="M00.0"/>
                    <ModifiedBy code="S_5"/></Class>
                  <Class code="M00.0" kind="category"><SuperClass code="M00"/></Class>
                  <Class code="M00.1" kind="category"><SuperClass code="M00"/>
                    <ModifiedBy code="S_5" all="false"><ValidModifierClass code="1"/></ModifiedBy>
                    <ExcludeModifier code="other"/></Class>
                  <Class code="W00-W19" kind="block"><SubClass code="W00"/><ModifiedBy code="W_4"/></Class>
                  <Class code="W00" kind="category"><SuperClass code="W00-W19"/></Class>
                  <Class code="W01" kind="category"><SuperClass code="W00-W19"/><ExcludeModifier code="W_4"/></Class>
                  <Class code="A17.0" kind="category"><SuperClass code="A17"/>
                    <Rubric kind="preferred"><Label xml:lang="en">Tuberculous meningitis
                      <Reference code="G01" class="in brackets">G01*</Reference></Label></Rubric></Class>
                </ClaML>
                """);
        exchange.thenAnswer(200, state(0, false))
                .thenAnswer(200, state(1, false))
                .thenAnswer(200, state(1, true));

        assertThat(load(folder.resolve("icd10.xml")).status()).isZero();

        assertThat(facts())
                .contains(
                        "{\"concept\":\"M00.00\"}",
                        "{\"parent\":\"M00.0\",\"of\":\"M00.00\"}",
                        "{\"concept\":\"M00.11\"}",
                        "{\"concept\":\"W00.0\"}")
                .anyMatch(fact -> fact.contains("\"name\":\"Tuberculous meningitis\""))
                .noneMatch(fact -> fact.contains("M000") || fact.contains("M00.10"))
                .noneMatch(fact -> fact.contains("W01.0") || fact.contains("W000") || fact.contains("G01"));
    }
}
