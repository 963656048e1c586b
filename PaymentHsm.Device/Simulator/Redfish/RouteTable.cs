using System.Text.Json.Nodes;

namespace PaymentHsm.Device.Simulator.Redfish;

/// <summary>One thing that can be done at a path.</summary>
/// <param name="Privilege">What it asks of the caller.</param>
/// <param name="Handle">Does it.</param>
internal sealed record RouteMethod<TSide>(Privilege Privilege, Func<TSide, RedfishRequest, Answer> Handle);

/// <summary>Paths of a Redfish service and what can be done there. Built once per kind of service and shared by all of them.</summary>
internal sealed class RouteTable<TSide>
{
    private readonly Dictionary<int, List<Route>> _byLength = [];

    /// <summary>A resource that can be read; null from <paramref name="build"/> is 404.</summary>
    public RouteTable<TSide> Read(string template, Func<TSide, RedfishRequest, JsonObject?> build, Privilege privilege = Privilege.Login) =>
        Add("GET", template, privilege, (side, request) => build(side, request) is { } body
            ? new Answer(200, body)
            : Messages.Error(404, "ResourceMissingAtURI", request.Path));

    /// <summary>Anything else.</summary>
    public RouteTable<TSide> Add(string method, string template, Privilege privilege, Func<TSide, RedfishRequest, Answer> handle)
    {
        var segments = Split(template);
        if (!_byLength.TryGetValue(segments.Length, out var routes))
        {
            _byLength[segments.Length] = routes = [];
        }

        var route = routes.Find(r => r.Segments.AsSpan().SequenceEqual(segments));
        if (route is null)
        {
            routes.Add(route = new Route(segments));
        }

        route.Methods[method] = new RouteMethod<TSide>(privilege, handle);
        return this;
    }

    /// <summary>What can be done at a path; null when there is nothing.</summary>
    public (IReadOnlyDictionary<string, RouteMethod<TSide>> Methods, IReadOnlyList<string> Args)? Find(string path)
    {
        var segments = Split(path);
        foreach (var route in _byLength.GetValueOrDefault(segments.Length) ?? [])
        {
            if (route.Match(segments) is { } args)
            {
                return (route.Methods, args);
            }
        }

        return null;
    }

    private static string[] Split(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private sealed record Route(string[] Segments)
    {
        public Dictionary<string, RouteMethod<TSide>> Methods { get; } = [];

        public List<string>? Match(string[] path)
        {
            var args = new List<string>();
            for (var i = 0; i < path.Length; i++)
            {
                if (Segments[i] == "{}")
                {
                    args.Add(path[i]);
                }
                else if (Segments[i] != path[i])
                {
                    return null;
                }
            }

            return args;
        }
    }
}
