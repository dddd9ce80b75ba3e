package ml.keneya;

import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The one rule a newcomer must learn: a stage may import stages to its left, never to its right. */
class ModularityTest {

    @Test
    void everyStageImportsOnlyWhatItsPackageInfoAllows() {
        ApplicationModules.of(KeneyaApplication.class, new ImportOption.DoNotIncludeTests())
                .verify();
    }
}
