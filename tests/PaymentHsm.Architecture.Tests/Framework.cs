namespace PaymentHsm.Architecture.Tests;

/// <summary>Which assemblies belong to the shared frameworks: what lies in their folders on this machine.</summary>
internal static class Framework
{
    private static readonly HashSet<string> Core = NamesBeside(typeof(object));
    private static readonly HashSet<string> Web = NamesBeside(typeof(Microsoft.AspNetCore.Http.HttpContext));

    /// <summary>The base class library.</summary>
    public static bool IsCore(string assembly) => Core.Contains(assembly);

    /// <summary>The base class library or ASP.NET Core.</summary>
    public static bool IsShared(string assembly) => IsCore(assembly) || Web.Contains(assembly);

    private static HashSet<string> NamesBeside(Type type) =>
        [.. Directory.EnumerateFiles(Path.GetDirectoryName(type.Assembly.Location)!, "*.dll").Select(f => Path.GetFileNameWithoutExtension(f)!)];
}
