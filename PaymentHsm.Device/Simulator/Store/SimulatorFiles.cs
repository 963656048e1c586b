using System.Text.Json;
using System.Text.Json.Serialization;

namespace PaymentHsm.Device.Simulator.Store;

/// <summary>Files of the simulator: whole files appear at once or not at all, and only the owner can read them (they hold passwords and keys).</summary>
internal static class SimulatorFiles
{
    /// <summary>How everything here is written.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Converters = { new JsonStringEnumConverter() } };

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a whole file: to a neighbour first, then renamed over the old one.</summary>
    public static void WriteWhole(string path, ReadOnlySpan<byte> content)
    {
        var fresh = path + ".new";
        using (var file = Open(fresh, FileMode.Create))
        {
            file.Write(content);
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Opens a file for writing, for the owner alone.</summary>
    public static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
