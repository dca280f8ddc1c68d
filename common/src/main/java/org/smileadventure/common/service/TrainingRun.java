package org.smileadventure.common.service;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Has a service start without any server, as images are built: what it loads is kept for later
 * starts, in an AOT cache. Its database says that it is PostgreSQL, and holds nothing.
 */
@Component
@Profile("training")
final class TrainingRun implements BeanPostProcessor {

  @Override
  public Object postProcessBeforeInitialization(Object bean, String name) {
    if (bean instanceof HikariDataSource pool) {
      pool.setDataSource(empty(DataSource.class));
    }
    return bean;
  }

  private static <T> T empty(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            TrainingRun.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, _) -> answer(method)));
  }

  private static @Nullable Object answer(Method method) {
    var type = method.getReturnType();
    return switch (method.getName()) {
      case "getDatabaseProductName" -> "PostgreSQL";
      case "isValid" -> true;
      default ->
          type.isInterface()
              ? empty(type)
              : type.isPrimitive() && type != void.class
                  ? Array.get(Array.newInstance(type, 1), 0)
                  : null;
    };
  }
}
