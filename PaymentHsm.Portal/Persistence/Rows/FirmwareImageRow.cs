using System.Text.Json;
using PaymentHsm.Domain.Firmware;

namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>One image of the catalogue; its facts are JSON because they are only read and written as a whole.</summary>
internal sealed class FirmwareImageRow
{
    public required string Version { get; set; }
    public bool IsBase { get; set; }
    public required string Image { get; set; }

    /// <summary>Rises with each stored change.</summary>
    public long Stamp { get; set; }

    public static FirmwareImageRow Of(FirmwareImage image) => new()
    {
        Version = image.Version,
        IsBase = image.IsBase,
        Image = JsonSerializer.Serialize(image, StoredJson.Options),
        Stamp = 1,
    };

    public void Take(FirmwareImage image)
    {
        IsBase = image.IsBase;
        Image = JsonSerializer.Serialize(image, StoredJson.Options);
        Stamp++;
    }

    public FirmwareImage ToImage() => JsonSerializer.Deserialize<FirmwareImage>(Image, StoredJson.Options) ?? throw new InvalidDataException($"Image {Version} cannot be read.");
}
