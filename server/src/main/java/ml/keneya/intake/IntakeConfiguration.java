package ml.keneya.intake;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Lets the work of intake that nobody asks for run on its own. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class IntakeConfiguration {}
