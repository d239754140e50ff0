package org.meterledger.system;

import java.io.File;
import java.net.URISyntaxException;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The EAR of the build with test classes in its WAR; elsewhere in it they would not be found. */
final class TestableEar {

  private static final String WAR = "meterledger-web.war";

  private TestableEar() {}

  static EnterpriseArchive with(Class<?>... testClasses) {
    EnterpriseArchive ear =
        ShrinkWrap.createFromZipFile(EnterpriseArchive.class, new File("target/meterledger.ear"));
    WebArchive war =
        ear.getAsType(WebArchive.class, WAR)
            .addClasses(testClasses)
            .addAsLibraries(assertJ())
            .addAsLibraries(
                ShrinkWrap.create(JavaArchive.class)
                    .addAsManifestResource("open-test-protocol.xml", "web-fragment.xml"));
    return ear.addAsModule(Testable.archiveToTest(war));
  }

  private static File assertJ() {
    try {
      return new File(Assertions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
