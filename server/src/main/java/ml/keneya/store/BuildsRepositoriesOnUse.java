package ml.keneya.store;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;
import org.springframework.data.envers.repository.support.EnversRevisionRepositoryFactoryBean;
import org.springframework.data.repository.Repository;
import org.springframework.stereotype.Component;

/**
 * Leaves each of HAPI's Spring Data repositories unbuilt until something calls it. Building all fifty of them, which
 * parses every query they declare, took a fifth of the start although an exchange uses a handful. Spring Data's own
 * lazy mode is an attribute of an annotation on HAPI's configuration, out of our reach.
 */
@Component
class BuildsRepositoriesOnUse implements BeanFactoryPostProcessor {

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        // By the class that builds them: asked by type, Spring leaves out those whose type it has not yet worked out.
        String factory = EnversRevisionRepositoryFactoryBean.class.getName();
        for (String name : beans.getBeanDefinitionNames()) {
            if (factory.equals(beans.getBeanDefinition(name).getBeanClassName())) {
                beans.getBeanDefinition(name).setLazyInit(true);
            }
        }
        ((DefaultListableBeanFactory) beans).setAutowireCandidateResolver(new StandsInForRepositories());
    }

    /** Injects a proxy that looks the repository up at its first call and remembers it. */
    private static final class StandsInForRepositories extends ContextAnnotationAutowireCandidateResolver {

        @Override
        protected boolean isLazy(DependencyDescriptor dependency) {
            return Repository.class.isAssignableFrom(dependency.getDependencyType()) || super.isLazy(dependency);
        }
    }
}
