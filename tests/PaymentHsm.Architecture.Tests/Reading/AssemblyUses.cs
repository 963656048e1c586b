using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PaymentHsm.Architecture.Tests.Reading;

/// <summary>Reads from a compiled assembly which type uses which. Nothing of it is loaded or run.</summary>
internal sealed class AssemblyUses
{
    private readonly MetadataReader _reader;
    private readonly PEReader _file;
    private readonly TypeNames _names;
    private readonly HashSet<(TypeName From, TypeName Target, string? Member)> _uses = [];
    private readonly Dictionary<TypeName, TypeName> _bases = [];

    private AssemblyUses(PEReader file) => (_file, _reader, _names) = (file, file.GetMetadataReader(), new TypeNames(file.GetMetadataReader()));

    /// <summary>All uses in the assembly's file.</summary>
    public static IReadOnlyList<TypeUse> Read(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        return new AssemblyUses(file).ReadAll();
    }

    private List<TypeUse> ReadAll()
    {
        foreach (var handle in _reader.TypeDefinitions)
        {
            Read(handle);
        }

        return [.. _uses.Where(u => u.From != u.Target).Select(u => new TypeUse(u.From, IsComponent(u.From), u.Target, u.Member))];
    }

    /// <summary>Follows the bases inside the assembly up to the one that comes from the framework.</summary>
    private bool IsComponent(TypeName type)
    {
        for (var at = type; _bases.TryGetValue(at, out var up); at = up)
        {
            if (up.Namespace == "Microsoft.AspNetCore.Components" && up.Name.EndsWith("ComponentBase", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private void Read(TypeDefinitionHandle handle)
    {
        var type = _reader.GetTypeDefinition(handle);
        var from = _names.Of(handle);
        if (!type.BaseType.IsNil && type.GetDeclaringType().IsNil && _names.Behind(type.BaseType) is [var up, ..])
        {
            _bases[from] = up;
        }

        Add(from, type.BaseType);
        foreach (var @interface in type.GetInterfaceImplementations())
        {
            Add(from, _reader.GetInterfaceImplementation(@interface).Interface);
        }

        Attributes(from, type.GetCustomAttributes());
        foreach (var property in type.GetProperties())
        {
            Attributes(from, _reader.GetPropertyDefinition(property).GetCustomAttributes());
        }

        foreach (var field in type.GetFields().Select(_reader.GetFieldDefinition))
        {
            Add(from, field.DecodeSignature(_names, null));
            Attributes(from, field.GetCustomAttributes());
        }

        foreach (var method in type.GetMethods().Select(_reader.GetMethodDefinition))
        {
            Add(from, TypeNames.In(method.DecodeSignature(_names, null)));
            Attributes(from, method.GetCustomAttributes());
            Code(from, method);
        }
    }

    private void Code(TypeName from, MethodDefinition method)
    {
        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }

        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            Add(from, [.. _reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_names, null).SelectMany(l => l)]);
        }

        foreach (var region in body.ExceptionRegions.Where(r => !r.CatchType.IsNil))
        {
            Add(from, region.CatchType);
        }

        foreach (var token in IlTokens.In(body.GetILReader()))
        {
            Add(from, token);
        }
    }

    private void Attributes(TypeName from, CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes)
        {
            Add(from, _reader.GetCustomAttribute(attribute).Constructor);
        }
    }

    private void Add(TypeName from, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.MemberReference:
                var member = _reader.GetMemberReference((MemberReferenceHandle)handle);
                Add(from, _names.Behind(member.Parent), _reader.GetString(member.Name));
                Add(from, member.GetKind() == MemberReferenceKind.Method ? TypeNames.In(member.DecodeMethodSignature(_names, null)) : member.DecodeFieldSignature(_names, null));
                break;
            case HandleKind.MethodSpecification:
                var generic = _reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                Add(from, generic.Method);
                Add(from, [.. generic.DecodeSignature(_names, null).SelectMany(a => a)]);
                break;
            case HandleKind.MethodDefinition:
                Add(from, [_names.Of(_reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType())]);
                break;
            case HandleKind.FieldDefinition:
                Add(from, [_names.Of(_reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType())]);
                break;
            default:
                Add(from, _names.Behind(handle));
                break;
        }
    }

    private void Add(TypeName from, IEnumerable<TypeName> targets, string? member = null)
    {
        foreach (var target in targets)
        {
            _uses.Add((from, target, member));
        }
    }
}
