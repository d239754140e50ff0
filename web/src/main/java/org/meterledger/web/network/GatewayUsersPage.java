package org.meterledger.web.network;

import jakarta.faces.model.SelectItem;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.meterledger.driver.GatewayUsers.Level;
import org.meterledger.network.GatewayAccounts;
import org.meterledger.network.GatewayAccounts.GatewayAccount;
import org.meterledger.web.layout.Texts;
import org.omnifaces.util.Messages;

/** Backs gateway/users.xhtml: the accounts that a gateway itself keeps. */
@Named
@ViewScoped
public class GatewayUsersPage implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final String PAGE = "users";

  @Inject private CurrentGateway current;
  @Inject private GatewayAccounts accounts;
  @Inject private GatewayAnswers answers;
  @Inject private Texts texts;

  private String user;
  private transient List<GatewayAccount> all;
  private String newName;
  private String password;
  private String serialNumber;
  private Level level = Level.VIEW;

  /** Asks the gateway. */
  public void load() {
    if (current.isSpoken()) {
      answers.done(() -> all = accounts.list(current.getId()));
    }
  }

  public void add() {
    done("gatewayUsers.added", newName, () -> accounts.add(current.getId(), newName, password));
  }

  public void changePassword() {
    done(
        "gatewayUsers.passwordChanged",
        user,
        () -> accounts.changePassword(current.getId(), user, password));
  }

  public void remove() {
    done("gatewayUsers.removed", user, () -> accounts.remove(current.getId(), user));
  }

  public void bind() {
    done(
        "gatewayUsers.bound",
        user,
        () -> accounts.bind(current.getId(), user, serialNumber, level));
  }

  private void done(String message, String name, Runnable work) {
    if (answers.done(work)) {
      Messages.addFlashGlobalInfo(texts.get(message, name));
      current.again(PAGE);
    }
  }

  /** As the gateway told; null where it did not. */
  public List<GatewayAccount> getAll() {
    return all;
  }

  /** The account that is looked at; null without. */
  public GatewayAccount getAccount() {
    return all == null
        ? null
        : all.stream().filter(each -> each.name().equals(user)).findFirst().orElse(null);
  }

  /** What access can be given to: the gateway, then its meters. */
  public List<SelectItem> getDevices() {
    var devices = new ArrayList<SelectItem>();
    if (current.getDevice() != null) {
      devices.add(
          new SelectItem(
              current.getDevice(), texts.get("gatewayUsers.itself", current.getDevice())));
    }
    var account = getAccount();
    if (account != null) {
      account.meters().keySet().forEach(each -> devices.add(new SelectItem(each, each)));
    }
    return devices;
  }

  public List<SelectItem> getLevels() {
    return Stream.of(Level.values())
        .map(each -> new SelectItem(each, texts.of("gatewayLevel", each)))
        .toList();
  }

  public String getUser() {
    return user;
  }

  public void setUser(String user) {
    this.user = user;
  }

  public String getNewName() {
    return newName;
  }

  public void setNewName(String newName) {
    this.newName = newName == null ? null : newName.strip();
  }

  /** Only ever comes in. */
  public String getPassword() {
    return null;
  }

  public void setPassword(String password) {
    this.password = password;
  }

  public String getSerialNumber() {
    return serialNumber;
  }

  public void setSerialNumber(String serialNumber) {
    this.serialNumber = serialNumber;
  }

  public Level getLevel() {
    return level;
  }

  public void setLevel(Level level) {
    this.level = level;
  }
}
