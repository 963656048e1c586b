using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.WorkOrders;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.WorkOrders;

/// <summary>W10: orders the replacement of a power supply or a fan; the same rules as over the API.</summary>
public partial class OrderSwapPage
{
    private Refusal? _refusal;
    private string? _serial;
    private string? _part;
    private string? _reason;
    private string? _vendor;
    private string? _ticket;
    private bool _sending;

    [Inject]
    public required IWorkOrderDesk Desk { get; init; }

    /// <summary>The device the person came from.</summary>
    [SupplyParameterFromQuery]
    public string? Serial { get; set; }

    private HsmTile? Device => HsmSerial.TryParse(_serial?.Trim(), out var serial) ? Tiles.GetValueOrDefault(serial) : null;

    private bool IsFan => _part is nameof(SwapPart.Fan1) or nameof(SwapPart.Fan2);

    private string DeviceWords => Device is { } tile ? $"{tile.Location}, {tile.Custody.Whose(tile.Customer)}, {tile.Lifecycle.Spaced()}." : "From the label or the page of the device.";

    private string PartWords => Device is { } tile && Reading(tile) is { } reading
        ? $"Now: {ReadingWords.Value(reading)}."
        : "The other supply carries the device while one is replaced.";

    /// <inheritdoc/>
    protected override void OnParametersSet() => _serial ??= Serial;

    /// <inheritdoc/>
    protected override bool Concerns(IReadOnlyList<HsmTile> changed) => changed.Any(t => t.Serial == Device?.Serial);

    private static string Name(SwapPart part) => part switch
    {
        SwapPart.Psu1 => "PSU 1, left, feed A",
        SwapPart.Psu2 => "PSU 2, right, feed B",
        SwapPart.Fan1 => "Fan 1",
        _ => "Fan 2",
    };

    private Reading? Reading(HsmTile tile) => _part switch
    {
        nameof(SwapPart.Psu1) => tile.Readings.GetValueOrDefault(ReadingName.PowerPsu1),
        nameof(SwapPart.Psu2) => tile.Readings.GetValueOrDefault(ReadingName.PowerPsu2),
        nameof(SwapPart.Fan1) => tile.Readings.GetValueOrDefault(ReadingName.Fan1),
        nameof(SwapPart.Fan2) => tile.Readings.GetValueOrDefault(ReadingName.Fan2),
        _ => null,
    };

    private async Task SendAsync()
    {
        if (_sending || Viewer is not { } viewer)
        {
            return;
        }

        (_sending, _refusal) = (true, null);
        try
        {
            var wish = new SwapWish(_serial, _part, _reason, string.IsNullOrWhiteSpace(_ticket) ? null : _ticket.Trim(), IsFan ? _vendor : null);
            switch (await Desk.OrderSwapAsync(viewer, wish, Closed))
            {
                case Outcome<WorkOrder>.Done(var order):
                    Navigation.NavigateTo($"/work-orders/{order.Number}");
                    break;
                case Outcome<WorkOrder>.Refused(var why):
                    _refusal = why;
                    break;
            }
        }
        finally
        {
            _sending = false;
        }
    }
}
