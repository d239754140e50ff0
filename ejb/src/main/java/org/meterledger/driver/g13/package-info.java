/**
 * The driver of the ABB G13 gateway (protocol {@code g13}): JSON over HTTPS, after the maker's user
 * manual 2CMC489001M0201 revision A, "manual" in the comments here. N numbers are its sections
 * 6.3.N. Nobody imports this.
 *
 * <p>What can be set, erased and started anew follows the manual as far as it can be read. Where it
 * is silent, cut or at odds with itself, this is taken:
 *
 * <pre>
 * N4, N7, N8   keys mbus_wired and mbus_ir; read whatever stands between the letters (Node)
 * N5           all seven values in each request; DHCP may be on with addresses given
 * N6 to N8     "seconds" are milliseconds: 1000 s for an acknowledgement would stop the bus
 * N7, N8       get_request, its range is cut: 0 or more. 0 in what is read is out of the range of
 *              meter_contact and response_timeout; it is shown, and must be put right to be sent
 * N10, N32     no control characters and not blank
 * N14, N15     only for administrators of the gateway; others are denied with 403
 * N41, N42     day 1 Monday to 7 Sunday, week 5 the last; start in standard, end in daylight saving
 *              time. The time that goes with a new rule is what the clock shows under it
 * N41, N11     a clock that is not set tells no time
 * N45          three decimals, for all limits and examples have three
 * N53          output is needed: what may be left out is marked so elsewhere; there is no request
 *              that takes an alarm out of use; one that is not in the list is told empty. Delays
 *              and thresholds: any 32-bit number
 * N67          255 for each port that stays as it is
 * N68          port 0, as the example reads, is shown but not sent; only outputs that differ go
 *              along; length and frequency 1 or more
 * N73          one item that cannot be read is kept as it came and keeps none of its block out; where
 *              none can be read the answer is nonsense
 * N71, N75     erase what was stored, as N79 says of itself: it is archived before
 * N75          a channel not in use is told empty and cannot be sent; the order is that of the
 *              channels; 450 s, as in the example of N74, is shown but not sent
 * N71, N79     period and quantities are two parts: what is not changed is read before and goes along
 * N78, N79     intervals and subintervals are of one list. Fifty channels with numbers of three
 *              digits just fit into 512 bytes; the rest is refused, for no part can be sent
 * N29, N30     a quantity is offered where the list has it and the meter does not deny it, and
 *              where it is set already
 * N72, N76, N80  erase entries, not how they are set; those of N76 not where a channel captures
 *              at an interval that no load profile has
 * N57          how often, tells N58; a part may be done when the rest is refused
 * </pre>
 *
 * <p>Each resource, where it is in the code, and the test that holds it to the manual's example;
 * resources without a slash lie below {@code /meters/serial/}.
 *
 * <pre>
 * N1   GET /about                           G13Gateway.about
 *        G13GatewayTest.n1About
 * N2   POST /login                          G13Gateway.login
 *        G13GatewayTest.n2And3LoginAndLogout
 * N3   POST /logout                         G13Gateway.logout
 *        G13GatewayTest.n2And3LoginAndLogout
 * N4   GET /configuration                   G13Gateway.configuration
 *        G13GatewayTest.n4Configuration
 * N5   POST /configuration/ip               G13Gateway.setIp
 *        G13GatewayTest.n5IpIsReadBack
 * N6   POST /configuration/eqbus            G13Gateway.setEqBus
 *        G13GatewayTest.n6EqBus
 * N7   POST /configuration/mbus_wired       G13Gateway.setWiredMBus
 *        G13GatewayTest.n7And8MBus
 * N8   POST /configuration/mbus_ir          G13Gateway.setInfraredMBus
 *        G13GatewayTest.n7And8MBus
 * N9   GET /gateway                         G13Gateway.naming
 *        G13GatewayTest.n9And10Naming
 * N10  POST /gateway                        G13Gateway.rename
 *        G13GatewayTest.n9And10Naming
 * N11  GET /gateway/datetime                G13Gateway.time
 *        G13GatewayTest.n11And12Time
 * N12  POST /gateway/datetime               G13Gateway.setTime
 *        G13GatewayTest.n11And12Time
 * N13  GET /gateway/events                  G13Gateway.events
 *        G13GatewayTest.n13Events
 * N14  DELETE /gateway/events               G13Gateway.clearEvents
 *        G13GatewayTest.n14ClearEvents
 * N15  POST /gateway/reboot                 G13Gateway.reboot
 *        G13GatewayTest.n15Reboot
 * N16  POST /gateway/execute                Cosem.read, Cosem.attributes
 *        G13RegistryTest.n16ExecuteInOrder, n16AttributesOfAnyClass
 * N17  GET /users                           Users.list
 *        G13RegistryTest.n17Users
 * N18  POST /users/user                     Users.changeKey
 *        G13RegistryTest.n18ChangeKey
 * N19  PUT /users                           Users.add
 *        G13RegistryTest.n19And20AddAndRemove
 * N20  DELETE /users/user                   Users.remove
 *        G13RegistryTest.n19And20AddAndRemove
 * N21  GET /users/user/bindings             Users.bindings
 *        G13RegistryTest.n21Bindings
 * N22  PUT /users/user/bindings             Users.bind
 *        G13RegistryTest.n22And23Bind
 * N23  DELETE /users/user/bindings          Users.bind
 *        G13RegistryTest.n22And23Bind
 * N24  GET /meters/firmwareupdatestatus     Firmware.status
 *        G13RegistryTest.n24FirmwareUpdateStatus
 * N25  POST /firmware                       Firmware.upload
 *        G13RegistryTest.n25UploadIsMultipart
 * N26  PUT /firmware                        Firmware.updateGateway
 *        G13RegistryTest.n26And27UpdateGatewayAndMeters
 * N27  PUT /meters/firmware                 Firmware.updateMeters
 *        G13RegistryTest.n26And27UpdateGatewayAndMeters
 * N28  GET /parametermapping                G13Gateway.parameterMapping
 *        G13GatewayTest.n28ParameterMapping
 * N29  GET /storablequantities              G13Gateway.storableQuantities
 *        G13GatewayTest.n29StorableQuantities
 * N30  GET associationobjects               G13Meter.associationObjects
 *        G13MeterTest.n30AssociationObjects
 * N31  GET /meters                          Registration.list
 *        G13RegistryTest.n31Meters
 * N32  POST /meters/serial                  Registration.rename
 *        G13RegistryTest.n32To34Register
 * N33  PUT /meters                          Registration.register
 *        G13RegistryTest.n32To34Register
 * N34  DELETE /meters/serial                Registration.deregister
 *        G13RegistryTest.n32To34Register
 * N35  GET /meters/scanned                  Scan.result
 *        G13RegistryTest.n35ScanResult
 * N36  POST /meters/scanned/token           Scan.start
 *        G13RegistryTest.n36StartScan
 * N37  DELETE /meters/scanned               Scan.delete
 *        G13RegistryTest.n37DeleteScanned
 * N38  GET /permittedmeters                 Registration.permitted
 *        G13RegistryTest.n38To40PermittedMeters
 * N39  PUT /permittedmeters                 Registration.permit
 *        G13RegistryTest.n38To40PermittedMeters
 * N40  DELETE /permittedmeters              Registration.forbid
 *        G13RegistryTest.n38To40PermittedMeters
 * N41  GET datetime                         G13Meter.time
 *        G13MeterTest.n41Time
 * N42  POST datetime                        G13Meter.setTime
 *        G13MeterTest.n42SetTime
 * N43  GET info                             G13Meter.info
 *        G13MeterTest.n43Info
 * N44  GET energy/conversionfactor          G13Meter.conversionFactors
 *        G13MeterTest.n44And45ConversionFactors
 * N45  POST energy/conversionfactor         G13Meter.setConversionFactors
 *        G13MeterTest.n44And45ConversionFactors
 * N46  GET hardwareversion                  G13Meter.hardwareVersions
 *        G13MeterTest.n46HardwareVersions
 * N47  GET mbusinfo                         G13Meter.mBusInfo
 *        G13MeterTest.n47MBusInfo
 * N48  POST transformersettings             G13Meter.setTransformers
 *        G13MeterTest.n48Transformers
 * N49  GET status                           G13Meter.status
 *        G13MeterTest.n49Status
 * N50  GET statusflags                      G13Meter.statusFlags
 *        G13MeterTest.n50StatusFlags
 * N51  GET events                           G13Meter.events
 *        G13MeterTest.n51Events
 * N52  GET alarms/configuration             Alarms.list
 *        G13MeterTest.n52Alarms
 * N53  POST alarms/configuration            Alarms.set
 *        G13MeterTest.n53SetAlarm
 * N54  GET energy/kind                      Energy.read
 *        G13MeterTest.n54Energy
 * N55  GET energy/active/conversion         Energy.read
 *        G13MeterTest.n55Conversion
 * N56  GET energy/resettable                Energy.resettable
 *        G13MeterTest.n56To58Resettable
 * N57  POST energy/resettable               Energy.reset
 *        G13MeterTest.n56To58Resettable
 * N58  GET energy/resetcounter              Energy.resetCounts
 *        G13MeterTest.n56To58Resettable
 * N59  GET power                            Instruments.power
 *        G13MeterTest.n59Power
 * N60  GET instrument                       Instruments.instrument
 *        G13MeterTest.n60InstrumentWhateverStandsBetweenTheLines
 * N61  GET harmonics/voltage                Instruments.voltageHarmonics
 *        G13MeterTest.n61And62Harmonics
 * N62  GET harmonics/current                Instruments.currentHarmonics
 *        G13MeterTest.n61And62Harmonics
 * N63  GET io                               Ports.states
 *        G13MeterTest.n63States
 * N64  GET io/configuration                 Ports.configuration
 *        G13MeterTest.n64And67Configuration
 * N65  GET io/pulse                         Ports.pulses
 *        G13MeterTest.n65And68Pulses
 * N66  POST io                              Ports.change
 *        G13MeterTest.n66EachPortByItself
 * N67  POST io/configuration                Ports.configure
 *        G13MeterTest.n64And67Configuration
 * N68  POST io/pulse                        Ports.setPulses
 *        G13MeterTest.n65And68Pulses
 * N69  GET previousvalues                   PreviousValues.read
 *        G13StoredTest.n69PreviousValues
 * N70  GET previousvalues/configuration     PreviousValues.configuration
 *        G13StoredTest.n70And71Configuration
 * N71  POST previousvalues/configuration    PreviousValues.configure
 *        G13StoredTest.n70And71Configuration
 * N72  DELETE previousvalues                PreviousValues.clear
 *        G13StoredTest.n72ClearPreviousValuesIsDeniedUnder200
 * N73  GET loadprofiles/channel             LoadProfiles.read
 *        G13StoredTest.n73LoadProfile
 * N74  GET loadprofiles/configuration       LoadProfiles.configuration
 *        G13StoredTest.n74And75Configuration
 * N75  POST loadprofiles/configuration      LoadProfiles.configure
 *        G13StoredTest.n74And75Configuration
 * N76  DELETE loadprofiles                  LoadProfiles.clear
 *        G13StoredTest.n76Clear
 * N77  GET demand                           Demand.read
 *        G13StoredTest.n77Demand
 * N78  GET demand/configuration             Demand.configuration
 *        G13StoredTest.n78And79Configuration
 * N79  POST demand/configuration            Demand.configure
 *        G13StoredTest.n78And79Configuration
 * N80  DELETE demand                        Demand.clear
 *        G13StoredTest.n80ClearDemand
 * N81  GET tariff                           Tariffs.state
 *        G13StoredTest.n81Tariff
 * N82  POST tariff                          Tariffs.activate
 *        G13StoredTest.n82SetTariff
 * N83  GET tariff/dayprofiles               Tariffs.days
 *        G13StoredTest.n83And84Days
 * N84  POST tariff/dayprofiles              Tariffs.setDay
 *        G13StoredTest.n83And84Days
 * N85  GET tariff/weekprofiles              Tariffs.weeks
 *        G13StoredTest.n85And86Weeks
 * N86  POST tariff/weekprofiles             Tariffs.setWeeks
 *        G13StoredTest.n85And86Weeks
 * N87  GET tariff/seasonprofiles            Tariffs.seasons
 *        G13StoredTest.n87And88Seasons
 * N88  POST tariff/seasonprofiles           Tariffs.setSeasons
 *        G13StoredTest.n87And88Seasons
 * N89  GET tariff/specialdayprofiles        Tariffs.specialDays
 *        G13StoredTest.n89And90SpecialDays
 * N90  POST tariff/specialdayprofiles       Tariffs.setSpecialDays
 *        G13StoredTest.n89And90SpecialDays
 * N91  GET /lasterror/id                    G13Gateway.lastError
 *        G13GatewayTest.n91LastError
 * </pre>
 *
 * <p>What is the gateway's own is reached by what other gateways have too: N1, N9 and N31 by {@link
 * G13GatewayAccess}, N17 to N23 by {@link G13Users}, N32 to N34 and N38 to N40 by {@link
 * G13Registration}, N35 to N37 by {@link G13Scan}.
 */
package org.meterledger.driver.g13;
