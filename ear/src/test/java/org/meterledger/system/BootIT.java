package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import org.junit.jupiter.api.Test;

class BootIT {

  private static final Path DIRECTORY = Path.of("target/it/boot");

  @Test
  void aServerOnAnEmptyDatabaseMakesTheSchemaAndAnswers() throws Exception {
    try (Database database = Database.temporary();
        ServerProcess server = ServerProcess.inNew(DIRECTORY).with(database).start().awaitReady()) {
      RestAssured.get(server.uri()).then().statusCode(200);
      RestAssured.get(server.managementUri().resolve("health/ready")).then().statusCode(200);
      assertThat(failedMigrations(database)).isZero();
      assertThat(Files.readString(server.log())).contains("WFLYSRV0025").doesNotContain(" ERROR ");
    }
  }

  private static int failedMigrations(Database database) throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        ResultSet row =
            connection
                .createStatement()
                .executeQuery(
                    "select count(*) filter (where not success) from flyway_schema_history")) {
      row.next();
      return row.getInt(1);
    }
  }
}
