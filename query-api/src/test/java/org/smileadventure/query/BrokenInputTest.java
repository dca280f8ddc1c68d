package org.smileadventure.query;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.BrokenInput;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;

/** Whatever is sent, and to whichever endpoint: no fault of ours, and nothing told about us. */
@RealServers
class BrokenInputTest {
  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.startAlone();

  @Test
  void isRefusedInOurOwnWordsEverywhere() {
    var family = SERVICE.family("Europe/Rome");
    SERVICE
        .db()
        .sql("UPDATE children SET name = 'Rumpelstiltskin' WHERE id = ?")
        .param(family.child().value())
        .update();
    var admin = Tokens.TRUSTED.of(SERVICE.user("admin", "sesame"), "admin");
    var professional = Tokens.TRUSTED.of(SERVICE.professional(), "professional");
    new BrokenInput(
            SERVICE.address(), SERVICE.context(), List.of(family.token(), admin, professional))
        .send(List.of("Rumpelstiltskin", "who.is.it", "sesame"));
  }
}
