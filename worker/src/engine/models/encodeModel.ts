import { ATTRIBUTE_INT, ELEMENT, type ElementName, MODEL_PROTO } from '../onnxSchema.js';

/** Every operator used here has meant the same since opset 13; 17 is what ONNX Runtime has carried longest. */
const OPSET = 17;
/** The IR version that ONNX pairs with opset 17. */
const IR_VERSION = 8;

/** An input or output of a graph; a dimension is a symbol, so that one session serves every size. */
export interface GraphValue {
  name: string;
  element: ElementName;
  dims: readonly string[];
}

/** One operator: what it reads, the one value it makes, its whole-number attributes. */
export interface GraphNode {
  operator: string;
  inputs: readonly string[];
  output: string;
  attributes?: Readonly<Record<string, number>>;
}

export interface Graph {
  name: string;
  inputs: readonly GraphValue[];
  nodes: readonly GraphNode[];
  outputs: readonly GraphValue[];
}

/** Serialises a graph as an ONNX model file. */
export function encodeModel(graph: Graph): Uint8Array {
  const message = MODEL_PROTO.fromObject({
    irVersion: IR_VERSION,
    producerName: 'florist',
    opsetImport: [{ domain: '', version: OPSET }],
    graph: {
      name: graph.name,
      node: graph.nodes.map(toNode),
      input: graph.inputs.map(toValueInfo),
      output: graph.outputs.map(toValueInfo),
    },
  });
  return MODEL_PROTO.encode(message).finish();
}

function toNode(node: GraphNode): object {
  const attributes = Object.entries(node.attributes ?? {});
  return {
    name: node.output,
    opType: node.operator,
    input: node.inputs,
    output: [node.output],
    attribute: attributes.map(([name, i]) => ({ name, i, type: ATTRIBUTE_INT })),
  };
}

function toValueInfo(value: GraphValue): object {
  const dim = value.dims.map((dimParam) => ({ dimParam }));
  return { name: value.name, type: { tensorType: { elemType: ELEMENT[value.element], shape: { dim } } } };
}
