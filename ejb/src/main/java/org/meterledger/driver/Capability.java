package org.meterledger.driver;

/** Closed list of what a meter session may be able to do beyond {@link MeterSession}. */
public sealed interface Capability
    permits RegisterSource,
        LoadProfileSource,
        BillingSource,
        DemandSource,
        EventLogSource,
        SettingsSource,
        SettingsTarget,
        ClearTarget,
        RegisterResetTarget,
        RebootTarget,
        ClockSource,
        ClockTarget,
        TariffTarget,
        FirmwareTarget,
        MeterScan,
        SwitchTarget,
        CosemSource,
        ChargingSource,
        ChargeCycleTarget,
        DisplayTarget,
        CommissioningTarget {}
