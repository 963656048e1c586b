using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Portal.Tickets;

/// <summary>The documents of a ticket and filing another. What was typed stays until the document is filed.</summary>
public partial class TicketDocumentsCard
{
    private IBrowserFile? _file;
    private Refusal? _refusal;
    private string? _sender;
    private string? _received;
    private string? _channel;
    private string? _verification;
    private bool _open;
    private bool _sending;
    private int _round;

    [Inject]
    public required ITicketFiling Filing { get; init; }

    [Parameter, EditorRequired]
    public required string Number { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<TicketDocument> Documents { get; set; }

    /// <summary>Called when a document was filed.</summary>
    [Parameter]
    public EventCallback Filed { get; set; }

    private bool MayFile => Viewer is { } viewer && TicketRules.MayWrite(viewer) is null;

    private bool MayRead => Viewer is { } viewer && DocumentRules.MayRead(viewer) is null;

    private string Accept => string.Join(',', Filing.Endings.Select(e => $".{e}"));

    private void Choose(InputFileChangeEventArgs chosen) => _file = chosen.FileCount == 1 ? chosen.File : null;

    private async Task SendAsync()
    {
        if (_sending || Viewer is not { } viewer)
        {
            return;
        }

        (_sending, _refusal) = (true, null);
        try
        {
            await using var content = _file is { } file && file.Size <= Filing.MaxBytes ? file.OpenReadStream(Filing.MaxBytes, Closed) : null;
            var answer = await Filing.FileAsync(viewer, Number, new FileDocument(_file?.Name, content, _sender, _received, _channel, _verification, _file?.Size), Closed);
            if (answer is Outcome<TicketDocument>.Refused refused)
            {
                _refusal = refused.Why;
                return;
            }

            (_file, _sender, _received, _channel, _verification, _open) = (null, null, null, null, null, false);
            _round++;
            await Filed.InvokeAsync();
        }
        catch (IOException)
        {
            // The browser stopped sending, for example because the file was moved meanwhile.
            _refusal = new Refusal("R59", RefusalKind.BadInput, "The file did not arrive whole; nothing was kept.", "Choose it again.");
        }
        finally
        {
            _sending = false;
        }
    }
}
