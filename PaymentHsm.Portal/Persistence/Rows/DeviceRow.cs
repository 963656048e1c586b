using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>What the portal knows of one device, apart from its readings.</summary>
internal sealed class DeviceRow
{
    public required string Serial { get; set; }
    public required string Region { get; set; }
    public required string Stamp { get; set; }
    public required string Rack { get; set; }
    public int Slot { get; set; }
    public required string Model { get; set; }
    public Guid ServiceId { get; set; }
    public HsmState State { get; set; }
    public CustodyState Custody { get; set; }
    public AdminAccess AdminAccess { get; set; }
    public Sanitisation Sanitisation { get; set; }
    public DateTimeOffset StateSince { get; set; }
    public string? Allocation { get; set; }
    public bool Hold { get; set; }
    public bool HardwareFailed { get; set; }
    public string? Customer { get; set; }

    /// <summary>Guards every write: a writer names the fence it read.</summary>
    public long Fence { get; set; }

    public static DeviceRow Of(StoredDevice device)
    {
        var (enrolled, serial) = (device.Enrolled, device.Record.Serial.ToString());
        var row = new DeviceRow
        {
            Serial = serial,
            Region = enrolled.Location.Region,
            Stamp = enrolled.Location.Stamp,
            Rack = enrolled.Location.Rack,
            Model = enrolled.Model,
        };
        row.Take(enrolled);
        row.Take(device);
        return row;
    }

    public void Take(EnrolledDevice enrolled)
    {
        (Region, Stamp, Rack, Slot) = enrolled.Location;
        Model = enrolled.Model;
        ServiceId = enrolled.ServiceId;
    }

    public void Take(StoredDevice device)
    {
        var record = device.Record;
        State = record.State;
        Custody = record.Custody;
        AdminAccess = record.AdminAccess;
        Sanitisation = record.Sanitisation;
        StateSince = record.StateSince;
        Allocation = record.Allocation;
        Hold = record.Hold;
        HardwareFailed = record.HardwareFailed;
        Fence = record.Fence;
        Customer = device.Customer;
    }

    public StoredDevice ToDevice()
    {
        var serial = HsmSerial.Parse(Serial);
        return new StoredDevice(
            new DeviceRecord(serial, State, Custody, AdminAccess, Sanitisation, StateSince, Fence, Allocation, Hold, HardwareFailed),
            new EnrolledDevice(serial, new Location(Region, Stamp, Rack, Slot), Model, ServiceId),
            Customer);
    }
}
